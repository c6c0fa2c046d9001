package dev.weir.agent.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.weir.agent.stats.NodeStats;
import dev.weir.agent.stats.NodeStatsSettings;
import dev.weir.agent.stats.UpTime;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Engine;
import dev.weir.model.Metadata;
import dev.weir.model.Resource;
import dev.weir.model.RevisionSource;
import dev.weir.model.Spec;
import dev.weir.model.Subscription;
import dev.weir.model.VirtualServer;
import dev.weir.snmp.VirtualServerStats;
import dev.weir.testkit.RealEnvoy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// A real Envoy with the bootstrap's statistics, scraped with the scraper's filter.
class EnvoyCountsTest {
    private static final int REQUESTS = 150;

    @TempDir Path directory;

    @Test
    void totalsRiseByExactlyTheRequestsSentAndOthersAreNotKept() throws Exception {
        int port = freePort();
        try (RealEnvoy envoy = RealEnvoy.start(directory, bootstrap(port));
                NodeStats stats = stats(envoy.admin());
                HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            awaitListener(client, port);
            await(stats, 1);
            for (int i = 1; i < REQUESTS; i++) {
                get(client, port, i % 3 == 0 ? "/broken" : "/");
            }
            VirtualServerStats row = await(stats, REQUESTS);
            assertThat(row.responses().serverError()).isEqualTo((REQUESTS - 1) / 3);
            assertThat(row.responses().successful()).isEqualTo(REQUESTS - (REQUESTS - 1) / 3);
            assertThat(row.latency().count()).isEqualTo(REQUESTS);
            assertThat(row.connections().total()).isPositive();
            assertThat(row.octets().in()).isPositive();
            assertThat(row.octets().out()).isPositive();
            assertThat(envoy.admin("/stats?filter=vs_7"))
                    .contains("http.vs_7.downstream_rq_total: " + REQUESTS)
                    .doesNotContain("downstream_cx_http1_total");
        }
    }

    private static void awaitListener(HttpClient client, int port) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                get(client, port, "/");
                return;
            } catch (ConnectException notYet) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static VirtualServerStats await(NodeStats stats, long requests) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            VirtualServerStats row = stats.snapshot().stats().getFirst();
            if (row.requests().total() == requests && row.latency().count() == requests) {
                return row;
            }
            assertThat(System.nanoTime()).as(row.toString()).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void get(HttpClient client, int port, String path) throws Exception {
        client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /// The real bootstrap, with a listener of its own instead of a controller.
    private String bootstrap(int port) throws Exception {
        ObjectMapper json = new ObjectMapper();
        EnvoySettings settings =
                new EnvoySettings(
                        null,
                        directory,
                        "shop",
                        "n1",
                        InetSocketAddress.createUnresolved("127.0.0.1", 9),
                        null,
                        1,
                        Duration.ZERO);
        ObjectNode bootstrap = (ObjectNode) json.readTree(EnvoyBootstrap.json(settings));
        bootstrap.remove("dynamic_resources");
        ObjectNode resources = bootstrap.putObject("static_resources");
        resources.set(
                "listeners",
                json.readTree(
                        """
                        [{"name": "vs", "stat_prefix": "vs_7",
                          "address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}},
                          "filter_chains": [{"filters": [{
                            "name": "envoy.filters.network.http_connection_manager",
                            "typed_config": {
                              "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                              "stat_prefix": "vs_7",
                              "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
                                "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
                              "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [
                                {"match": {"path": "/broken"}, "direct_response": {"status": 503}},
                                {"match": {"prefix": "/"}, "direct_response": {"status": 200}}]}]}}}]}]}]
                        """
                                .formatted(port)));
        return json.writeValueAsString(bootstrap);
    }

    private static NodeStats stats(URI admin) {
        return new NodeStats(
                new OneVirtualServer(),
                new NodeStatsSettings("shop", "n1", "0.1.0", () -> "envoy", Duration.ofMillis(100)),
                () -> admin,
                InstantSource.system(),
                UpTime.starting(System::nanoTime));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Declares the virtual server with index 7.
    private static final class OneVirtualServer implements RevisionSource {
        @Override
        public Set<String> clusters() {
            return Set.of("shop");
        }

        @Override
        public Optional<Configuration> current(String cluster) {
            VirtualServer spec =
                    new VirtualServer(
                            "127.0.0.1",
                            80,
                            VirtualServer.Protocol.HTTP,
                            VirtualServer.AdminState.ENABLED,
                            List.of(),
                            null,
                            List.of(),
                            null);
            return Optional.of(
                    new Configuration(
                            resource("shop", 1, new Cluster(Engine.ENVOY, false)),
                            new TreeMap<>(),
                            new TreeMap<>(Map.of("vs", resource("vs", 7, spec))),
                            new TreeMap<>(),
                            new TreeMap<>(),
                            1));
        }

        @Override
        public Subscription subscribe(Listener listener) {
            return () -> {};
        }

        private static <S extends Spec> Resource<S> resource(String name, int index, S spec) {
            Metadata metadata =
                    new Metadata(
                            new UUID(0, index), index, 1, Instant.EPOCH, "", Instant.EPOCH, "");
            return new Resource<>(name, "", Map.of(), spec, metadata);
        }
    }
}
