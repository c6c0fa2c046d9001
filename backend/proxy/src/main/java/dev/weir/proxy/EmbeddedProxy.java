package dev.weir.proxy;

import dev.weir.proxy.discovery.DiscoveryClient;
import dev.weir.proxy.io.Workers;
import dev.weir.proxy.listener.Listeners;
import dev.weir.proxy.upstream.Clusters;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The embedded data plane: a reverse proxy that is configured by delta ADS alone.
///
/// It serves on with its last configuration while the controller is away. Thread-safe.
public final class EmbeddedProxy implements AutoCloseable {
    private static final int MAX_MESSAGE = 64 * 1024 * 1024;
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Workers workers;
    private final Listeners listeners;
    private final Clusters clusters;
    private final ScheduledExecutorService control;
    private final ExecutorService adminThreads;
    private final DiscoveryClient discovery;
    private final AdminServer admin;

    private EmbeddedProxy(Settings settings) throws IOException {
        RandomGenerator.SplittableGenerator random =
                RandomGenerator.SplittableGenerator.of("L64X128MixRandom");
        control =
                Executors.newSingleThreadScheduledExecutor(task ->
                        Thread.ofPlatform().daemon().name("weir-proxy-control").unstarted(task));
        adminThreads = Executors.newVirtualThreadPerTaskExecutor();
        workers = new Workers(settings.transport(), settings.workers(), System::nanoTime, random);
        clusters = new Clusters(workers, control);
        listeners = new Listeners(workers);
        long started = System.nanoTime();
        admin =
                new AdminServer(
                        settings.admin(),
                        adminThreads,
                        listeners,
                        clusters,
                        () -> TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
        discovery =
                new DiscoveryClient(
                        channel(settings),
                        Node.newBuilder()
                                .setId(settings.nodeId())
                                .setCluster(settings.cluster())
                                .setUserAgentName("weir-proxy")
                                .build(),
                        control,
                        random.split(),
                        clusters,
                        listeners);
    }

    /// Starts the event loops and the admin endpoint, and begins to connect to the controller.
    ///
    /// @throws IOException when the admin address cannot be bound or the TLS files cannot be read
    public static EmbeddedProxy start(Settings settings) throws IOException {
        EmbeddedProxy proxy = new EmbeddedProxy(settings);
        proxy.discovery.start();
        return proxy;
    }

    private static ManagedChannel channel(Settings settings) throws IOException {
        ChannelCredentials credentials = InsecureChannelCredentials.create();
        if (settings.controllerTls().isPresent()) {
            Settings.ControllerTls tls = settings.controllerTls().get();
            credentials =
                    TlsChannelCredentials.newBuilder()
                            .trustManager(tls.authority().toFile())
                            .keyManager(tls.chain().toFile(), tls.key().toFile())
                            .build();
        }
        InetSocketAddress controller = settings.controller();
        return Grpc.newChannelBuilderForAddress(
                        controller.getHostString(), controller.getPort(), credentials)
                .maxInboundMessageSize(MAX_MESSAGE)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    /// The addresses bound, by listener name such as `vs/<uuid>`; with the ports that the system
    /// chose.
    public Map<String, InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /// Where `/stats/prometheus`, `/clusters` and `/ready` are served.
    public InetSocketAddress adminAddress() {
        return admin.address();
    }

    @Override
    public void close() {
        discovery.close();
        listeners.close();
        clusters.close();
        admin.close();
        adminThreads.shutdownNow();
        control.shutdown();
        workers.close();
    }
}
