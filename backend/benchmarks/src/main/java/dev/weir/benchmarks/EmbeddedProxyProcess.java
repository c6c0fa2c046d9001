package dev.weir.benchmarks;

import dev.weir.proxy.EmbeddedProxy;
import dev.weir.proxy.Settings;
import dev.weir.proxy.io.Transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The embedded proxy alone in a process, so that its processor time can be told from that of the
/// load.
public final class EmbeddedProxyProcess {
    private EmbeddedProxyProcess() {}

    /// Serves until it is killed.
    ///
    /// @param arguments the cluster, the controller's port on loopback, the transport
    public static void main(String[] arguments) throws IOException, InterruptedException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Settings settings =
                new Settings(
                        "benchmark-embedded",
                        arguments[0],
                        new InetSocketAddress(loopback, Integer.parseInt(arguments[1])),
                        Optional.empty(),
                        new InetSocketAddress(loopback, 0),
                        1,
                        Transport.valueOf(arguments[2]));
        try (EmbeddedProxy proxy = EmbeddedProxy.start(settings)) {
            System.out.println("statistics at " + proxy.adminAddress());
            new CountDownLatch(1).await();
        }
    }
}
