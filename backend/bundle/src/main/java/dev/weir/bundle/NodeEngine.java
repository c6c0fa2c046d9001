package dev.weir.bundle;

import dev.weir.agent.operation.EmbeddedProxyProfiler;
import dev.weir.agent.operation.EnvoyProxyProfiler;
import dev.weir.agent.operation.ProxyProfiler;
import dev.weir.agent.supervise.EnvoyEngine;
import dev.weir.agent.supervise.EnvoySettings;
import dev.weir.agent.supervise.ProxyEngine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The engine that the settings choose for this node.
final class NodeEngine {
    /// Part of the three seconds that Ctrl-C may take.
    private static final Duration DRAIN = Duration.ofMillis(500);

    private NodeEngine() {}

    /// Whose engine it is.
    ///
    /// @param xds where its configuration comes from
    /// @param admin where the embedded engine serves statistics; Envoy chooses for itself
    record Place(String cluster, String node, HostPort xds, HostPort admin) {}

    /// An engine that is not started yet.
    ///
    /// @param directory of its own
    static ProxyEngine of(
            Settings settings, Place place, Path directory, Map<String, String> environment) {
        return switch (settings.engine()) {
            case EMBEDDED ->
                    new EmbeddedEngine(
                            dev.weir.proxy.Settings.of(
                                    place.node(),
                                    place.cluster(),
                                    place.xds().socketAddress(),
                                    place.admin().socketAddress()));
            case ENVOY ->
                    new EnvoyEngine(
                            new EnvoySettings(
                                    settings.envoy(),
                                    directory,
                                    place.cluster(),
                                    place.node(),
                                    place.xds().socketAddress(),
                                    null,
                                    Runtime.getRuntime().availableProcessors(),
                                    DRAIN),
                            environment);
        };
    }

    static ProxyProfiler profiler(ProxyEngine engine) {
        return switch (engine.engine()) {
            case EMBEDDED -> new EmbeddedProxyProfiler("self");
            case ENVOY -> new EnvoyProxyProfiler(engine::adminAddress);
        };
    }
}
