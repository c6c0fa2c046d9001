package dev.weir.agent.supervise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.weir.agent.stats.NodeStats;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The configuration that Envoy starts with: who it is, where the rest comes from, and which
/// statistics it keeps (`envoy.config.bootstrap.v3.Bootstrap`).
final class EnvoyBootstrap {
    /// Statistics that do not grow with the number of virtual servers.
    private static final String OF_THE_PROCESS =
            "^(server|listener_manager|cluster_manager|control_plane)\\..*";

    /// Envoy's threads merge their histograms no oftener than this; counters need no merge.
    private static final String HISTOGRAM_MERGE = "1s";

    /// Milliseconds; finer than Envoy's own between 1 ms and 1 s, where answers are.
    private static final List<Double> TIME_BUCKETS =
            List.of(
                    0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 75.0, 100.0,
                    150.0, 200.0, 300.0, 500.0, 750.0, 1000.0, 2000.0, 5000.0, 10_000.0, 30_000.0,
                    60_000.0, 300_000.0);

    private EnvoyBootstrap() {}

    static String json(EnvoySettings settings) {
        Map<String, Object> bootstrap =
                Map.of(
                        "node",
                        Map.of("id", settings.node(), "cluster", settings.cluster()),
                        "admin",
                        Map.of("address", address("127.0.0.1", 0)),
                        "dynamic_resources",
                        dynamicResources(),
                        "static_resources",
                        Map.of("clusters", List.of(controller(settings))),
                        "stats_config",
                        statistics(),
                        "stats_flush_interval",
                        HISTOGRAM_MERGE);
        try {
            return new ObjectMapper().writeValueAsString(bootstrap);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> dynamicResources() {
        Map<String, Object> ads = Map.of("ads", Map.of(), "resource_api_version", "V3");
        return Map.of(
                "ads_config",
                Map.of(
                        "api_type",
                        "DELTA_GRPC",
                        "transport_api_version",
                        "V3",
                        "set_node_on_first_message_only",
                        true,
                        "grpc_services",
                        List.of(Map.of("envoy_grpc", Map.of("cluster_name", "xds")))),
                "lds_config",
                ads,
                "cds_config",
                ads);
    }

    private static Map<String, Object> controller(EnvoySettings settings) {
        Map<String, Object> http2 =
                Map.of("connection_keepalive", Map.of("interval", "10s", "timeout", "5s"));
        Map<String, Object> cluster = new HashMap<>();
        cluster.put("name", "xds");
        cluster.put("type", "STRICT_DNS");
        cluster.put("connect_timeout", "1s");
        cluster.put(
                "typed_extension_protocol_options",
                Map.of(
                        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                        Map.of(
                                "@type",
                                type("upstreams.http.v3.HttpProtocolOptions"),
                                "explicit_http_config",
                                Map.of("http2_protocol_options", http2))));
        Map<String, Object> endpoint =
                Map.of(
                        "endpoint",
                        Map.of(
                                "address",
                                address(
                                        settings.controller().getHostString(),
                                        settings.controller().getPort())));
        cluster.put(
                "load_assignment",
                Map.of(
                        "cluster_name",
                        "xds",
                        "endpoints",
                        List.of(Map.of("lb_endpoints", List.of(endpoint)))));
        EnvoySettings.@Nullable ControllerTls tls = settings.tls();
        if (tls != null) {
            cluster.put("transport_socket", transportSocket(tls));
        }
        return cluster;
    }

    private static Map<String, Object> transportSocket(EnvoySettings.ControllerTls tls) {
        return Map.of(
                "name",
                "envoy.transport_sockets.tls",
                "typed_config",
                Map.of(
                        "@type",
                        type("transport_sockets.tls.v3.UpstreamTlsContext"),
                        "sni",
                        tls.serverName(),
                        "common_tls_context",
                        Map.of(
                                "tls_params",
                                // as a client, Envoy ends at 1.2 unless it is told otherwise
                                Map.of(
                                        "tls_minimum_protocol_version",
                                        "TLSv1_3",
                                        "tls_maximum_protocol_version",
                                        "TLSv1_3"),
                                "alpn_protocols",
                                List.of("h2"),
                                "tls_certificates",
                                List.of(
                                        Map.of(
                                                "certificate_chain",
                                                file(tls.certificate().toString()),
                                                "private_key",
                                                file(tls.privateKey().toString()))),
                                "validation_context",
                                Map.of(
                                        "trusted_ca",
                                        file(tls.authority().toString()),
                                        "match_typed_subject_alt_names",
                                        List.of(
                                                Map.of(
                                                        "san_type",
                                                        "DNS",
                                                        "matcher",
                                                        Map.of("exact", tls.serverName())))))));
    }

    /// Only what is read is kept: half of Envoy's memory at 5,000 virtual servers is statistics.
    private static Map<String, Object> statistics() {
        return Map.of(
                "stats_matcher",
                Map.of(
                        "inclusion_list",
                        Map.of(
                                "patterns",
                                List.of(regex(NodeStats.ENVOY_STATISTICS), regex(OF_THE_PROCESS)))),
                "histogram_bucket_settings",
                List.of(
                        Map.of(
                                "match",
                                Map.of("suffix", "downstream_rq_time"),
                                "buckets",
                                TIME_BUCKETS)));
    }

    private static Map<String, Object> regex(String pattern) {
        return Map.of("safe_regex", Map.of("regex", pattern));
    }

    private static Map<String, Object> address(String host, int port) {
        return Map.of("socket_address", Map.of("address", host, "port_value", port));
    }

    private static Map<String, Object> file(String path) {
        return Map.of("filename", path);
    }

    private static String type(String message) {
        return "type.googleapis.com/envoy.extensions." + message;
    }
}
