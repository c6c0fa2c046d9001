package dev.weir.proxy;

import dev.weir.proxy.io.Transport;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// What an embedded proxy has to know before it can ask the controller for the rest.
///
/// @param nodeId the name of this node for the controller
/// @param cluster the name of the cluster it belongs to
/// @param controller where delta ADS is served
/// @param controllerTls how to reach it with mutual TLS; empty on loopback
/// @param admin where statistics are served; loopback
/// @param workers event loops, at least 1
/// @param transport the kernel interface under them
public record Settings(
        String nodeId,
        String cluster,
        InetSocketAddress controller,
        Optional<ControllerTls> controllerTls,
        InetSocketAddress admin,
        int workers,
        Transport transport) {

    /// PEM files of this node's identity.
    ///
    /// @param authority the CA that signed the controller's certificate
    public record ControllerTls(Path authority, Path chain, Path key) {}

    public Settings {
        if (!admin.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "admin: must be a loopback address (" + admin + "); use 127.0.0.1");
        }
        if (workers < 1) {
            throw new IllegalArgumentException("workers: must be at least 1 (" + workers + ")");
        }
    }

    /// One event loop for each processor, the best transport, no TLS to the controller.
    public static Settings of(
            String nodeId, String cluster, InetSocketAddress controller, InetSocketAddress admin) {
        return new Settings(
                nodeId,
                cluster,
                controller,
                Optional.empty(),
                admin,
                Runtime.getRuntime().availableProcessors(),
                Transport.best());
    }
}
