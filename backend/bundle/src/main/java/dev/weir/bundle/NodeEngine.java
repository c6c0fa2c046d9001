package dev.weir.bundle;

import dev.weir.agent.operation.EmbeddedProxyProfiler;
import dev.weir.agent.operation.EnvoyProxyProfiler;
import dev.weir.agent.operation.ProxyProfiler;
import dev.weir.agent.supervise.EnvoyEngine;
import dev.weir.agent.supervise.EnvoySettings;
import dev.weir.agent.supervise.ProxyEngine;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The engine that the settings choose for this node.
final class NodeEngine {
    /// Part of the three seconds that Ctrl-C may take.
    private static final Duration DRAIN = Duration.ofMillis(500);

    private NodeEngine() {}

    /// Whose engine it is.
    ///
    /// @param xds where its configuration comes from
    /// @param proof for the controller, or null where plain text on loopback will do
    /// @param admin where the embedded engine serves statistics; Envoy chooses for itself
    record Place(
            String cluster, String node, HostPort xds, HostPort admin, @Nullable Proof proof) {}

    /// Files in PEM for mutual TLS.
    record Proof(Path authority, Path chain, Path key) {}

    /// An engine that is not started yet.
    ///
    /// @param directory of its own
    static ProxyEngine of(
            Settings settings, Place place, Path directory, Map<String, String> environment) {
        return switch (settings.engine()) {
            case EMBEDDED -> new EmbeddedEngine(embedded(place));
            case ENVOY ->
                    new EnvoyEngine(
                            new EnvoySettings(
                                    settings.envoy(),
                                    directory,
                                    place.cluster(),
                                    place.node(),
                                    place.xds().socketAddress(),
                                    tls(place.proof()),
                                    Runtime.getRuntime().availableProcessors(),
                                    DRAIN),
                            environment);
        };
    }

    private static dev.weir.proxy.Settings embedded(Place place) {
        dev.weir.proxy.Settings plain =
                dev.weir.proxy.Settings.of(
                        place.node(),
                        place.cluster(),
                        place.xds().socketAddress(),
                        place.admin().socketAddress());
        Proof proof = place.proof();
        return proof == null
                ? plain
                : new dev.weir.proxy.Settings(
                        plain.nodeId(),
                        plain.cluster(),
                        plain.controller(),
                        Optional.of(
                                new dev.weir.proxy.Settings.ControllerTls(
                                        proof.authority(), proof.chain(), proof.key())),
                        plain.admin(),
                        plain.workers(),
                        plain.transport());
    }

    private static EnvoySettings.@Nullable ControllerTls tls(@Nullable Proof proof) {
        return proof == null
                ? null
                : new EnvoySettings.ControllerTls(
                        proof.authority(), proof.chain(), proof.key(), Backend.XDS_NAME);
    }

    static void start(Parts parts, ProxyEngine engine) throws StartException {
        parts.onClose("proxy", engine);
        parts.run(
                "proxy",
                () -> {
                    engine.start();
                    return engine;
                });
    }

    static ProxyProfiler profiler(ProxyEngine engine) {
        return switch (engine.engine()) {
            case EMBEDDED -> new EmbeddedProxyProfiler("self");
            case ENVOY -> new EnvoyProxyProfiler(engine::adminAddress);
        };
    }
}
