package dev.weir.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.weir.proxy.listener.Listeners;
import dev.weir.proxy.stats.ClusterStats;
import dev.weir.proxy.stats.PrometheusText;
import dev.weir.proxy.upstream.Cluster;
import dev.weir.proxy.upstream.Clusters;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The operator's side door on loopback, with the paths and names of Envoy's admin interface.
final class AdminServer implements AutoCloseable {
    private final HttpServer server;
    private final Listeners listeners;
    private final Clusters clusters;
    private final LongSupplier uptimeSeconds;

    AdminServer(
            InetSocketAddress address,
            Executor threads,
            Listeners listeners,
            Clusters clusters,
            LongSupplier uptimeSeconds)
            throws IOException {
        this.listeners = listeners;
        this.clusters = clusters;
        this.uptimeSeconds = uptimeSeconds;
        this.server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            Map<String, String> query = query(uri.getRawQuery());
            switch (uri.getPath()) {
                case "/ready" -> send(exchange, 200, "text/plain", "LIVE\n");
                case "/stats/prometheus" -> prometheus(exchange, query);
                case "/clusters" ->
                        send(exchange, 200, "application/json", ClustersJson.write(clusters.all()));
                default ->
                        send(exchange, 404, "text/plain", "unknown path " + uri.getPath() + "\n");
            }
        }
    }

    private void prometheus(HttpExchange exchange, Map<String, String> query) throws IOException {
        Pattern filter = null;
        try {
            if (query.containsKey("filter")) {
                filter = Pattern.compile(query.getOrDefault("filter", ""));
            }
        } catch (PatternSyntaxException e) {
            send(exchange, 400, "text/plain", "filter: " + e.getDescription() + "\n");
            return;
        }
        PrometheusText text = new PrometheusText(filter, query.containsKey("usedonly"));
        text.servers(listeners.stats());
        Collection<Cluster> all = clusters.all();
        List<ClusterStats> stats = all.stream().map(Cluster::stats).toList();
        text.clusters(stats);
        membership(text, all, "membership_total", cluster -> cluster.hosts().size());
        membership(text, all, "membership_healthy", Cluster::healthy);
        membership(text, all, "membership_degraded", cluster -> 0);
        membership(text, all, "membership_excluded", cluster -> 0);
        text.process("server", "uptime", uptimeSeconds.getAsLong());
        text.process("server", "live", 1);
        text.process("server", "state", 0);
        text.process("listener_manager", "total_listeners_active", listeners.stats().size());
        send(exchange, 200, "text/plain; charset=UTF-8", text.text());
    }

    private static void membership(
            PrometheusText text,
            Collection<Cluster> clusters,
            String stat,
            ToLongFunction<Cluster> value) {
        text.gauges(
                "cluster",
                stat,
                "envoy_cluster_name",
                clusters.stream()
                        .map(cluster ->
                                new PrometheusText.Sample(
                                        cluster.stats().name(), value.applyAsLong(cluster)))
                        .toList());
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> values = new HashMap<>();
        if (raw == null) {
            return values;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return values;
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
