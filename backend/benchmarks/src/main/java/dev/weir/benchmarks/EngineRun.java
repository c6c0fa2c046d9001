package dev.weir.benchmarks;

import dev.weir.agent.supervise.EnvoyEngine;
import dev.weir.agent.supervise.EnvoySettings;
import dev.weir.model.Engine;
import dev.weir.proxy.EmbeddedProxy;
import dev.weir.proxy.Settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/// One engine that takes its configuration from a controller, started as a node starts it.
record EngineRun(Runnable end, Path directory) implements AutoCloseable {

    static EngineRun start(Engine engine, String cluster, InetSocketAddress controller)
            throws IOException {
        Path directory = Files.createTempDirectory("weir-propagation");
        return new EngineRun(started(engine, cluster, controller, directory), directory);
    }

    private static Runnable started(
            Engine engine, String cluster, InetSocketAddress controller, Path directory)
            throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return switch (engine) {
            case EMBEDDED ->
                    EmbeddedProxy.start(Settings.of("bench", cluster, controller, free))::close;
            case ENVOY -> {
                EnvoyEngine envoy =
                        new EnvoyEngine(
                                new EnvoySettings(
                                        null,
                                        directory,
                                        cluster,
                                        "bench",
                                        controller,
                                        null,
                                        1,
                                        Duration.ofMillis(100)),
                                System.getenv());
                envoy.start();
                yield envoy::close;
            }
        };
    }

    @Override
    public void close() throws IOException {
        end.run();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
