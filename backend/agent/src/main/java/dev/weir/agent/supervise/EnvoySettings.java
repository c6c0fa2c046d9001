package dev.weir.agent.supervise;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/// How Envoy is run.
///
/// @param binary Envoy's program, or null to look for it (`WEIR_ENVOY`, then the path)
/// @param directory of this Envoy alone: bootstrap, logs, process id
/// @param cluster the cluster's name, `node.cluster` in xDS
/// @param node the node's name, `node.id` in xDS
/// @param controller where the configuration comes from
/// @param tls for the connection to the controller, or null for plain text on loopback
/// @param concurrency worker threads, 1 or more
/// @param drain how long connections may take to end when Envoy is stopped
public record EnvoySettings(
        @Nullable Path binary,
        Path directory,
        String cluster,
        String node,
        InetSocketAddress controller,
        @Nullable ControllerTls tls,
        int concurrency,
        Duration drain) {

    /// Files in PEM that prove both ends of the connection to the controller.
    ///
    /// @param authority whose certificates are trusted
    /// @param certificate this node's chain
    /// @param privateKey this node's key
    /// @param serverName the name in the controller's certificate
    public record ControllerTls(
            Path authority, Path certificate, Path privateKey, String serverName) {}
}
