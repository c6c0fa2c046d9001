package dev.weir.proxy.discovery;

import com.google.protobuf.UInt32Value;

import dev.weir.proxy.upstream.ClusterSpec;
import dev.weir.proxy.upstream.ClusterSpec.Policy;
import dev.weir.proxy.upstream.HealthCheckSpec;

import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import io.envoyproxy.envoy.extensions.load_balancing_policies.round_robin.v3.RoundRobin;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Reads a Cluster (envoy.config.cluster.v3).
final class ClusterReader {
    private static final String HTTP_OPTIONS =
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final long DEFAULT_CONNECT_TIMEOUT = TimeUnit.SECONDS.toNanos(5);
    private static final long DEFAULT_IDLE_TIMEOUT = TimeUnit.HOURS.toNanos(1);
    private static final double DEFAULT_PANIC_PERCENT = 50;
    private static final int DEFAULT_LIMIT = 1024;
    private static final Policy ROUND_ROBIN = new Policy.RoundRobin();

    private final Cluster cluster;
    private final FieldCheck check;

    private ClusterReader(Cluster cluster, FieldCheck check) {
        this.cluster = cluster;
        this.check = check;
    }

    static ClusterSpec read(Cluster cluster, FieldCheck check) {
        return new ClusterReader(cluster, check).read();
    }

    private ClusterSpec read() {
        check.only(
                cluster,
                "",
                Set.of(
                        "name",
                        "alt_stat_name",
                        "type",
                        "eds_cluster_config",
                        "connect_timeout",
                        "per_connection_buffer_limit_bytes",
                        "lb_policy",
                        "load_balancing_policy",
                        "least_request_lb_config",
                        "health_checks",
                        "common_lb_config",
                        "circuit_breakers",
                        "ignore_health_on_host_removal",
                        "typed_extension_protocol_options"));
        check.require(cluster.getType() == Cluster.DiscoveryType.EDS, "type", "must be EDS");
        var eds = cluster.getEdsClusterConfig();
        check.only(eds, "eds_cluster_config", Set.of("eds_config", "service_name"));
        Reading.ads(eds.getEdsConfig(), "eds_cluster_config.eds_config", check);
        check.require(
                cluster.getHealthChecksCount() == 0 || cluster.getIgnoreHealthOnHostRemoval(),
                "ignore_health_on_host_removal",
                "must be true with health_checks: endpoints left out are removed at once");
        String name = cluster.getName();
        return new ClusterSpec(
                name,
                cluster.getAltStatName().isEmpty() ? name : cluster.getAltStatName(),
                eds.getServiceName().isEmpty() ? name : eds.getServiceName(),
                policy(),
                new ClusterSpec.Timeouts(
                        cluster.hasConnectTimeout()
                                ? Reading.nanos(
                                        cluster.getConnectTimeout(), "connect_timeout", check)
                                : DEFAULT_CONNECT_TIMEOUT,
                        idleTimeout()),
                panicPercent(),
                limits(),
                healthCheck());
    }

    private double panicPercent() {
        var common = cluster.getCommonLbConfig();
        check.only(common, "common_lb_config", Set.of("healthy_panic_threshold"));
        return common.hasHealthyPanicThreshold()
                ? common.getHealthyPanicThreshold().getValue()
                : DEFAULT_PANIC_PERCENT;
    }

    private long idleTimeout() {
        String path = "typed_extension_protocol_options";
        long idle = DEFAULT_IDLE_TIMEOUT;
        for (var entry : cluster.getTypedExtensionProtocolOptionsMap().entrySet()) {
            if (!entry.getKey().equals(HTTP_OPTIONS)) {
                check.refuse(path + "[" + entry.getKey() + "]", "is not supported");
                continue;
            }
            HttpProtocolOptions options =
                    check.unpack(entry.getValue(), HttpProtocolOptions.class, path);
            if (options == null) {
                continue;
            }
            check.only(
                    options, path, Set.of("explicit_http_config", "common_http_protocol_options"));
            check.only(
                    options.getExplicitHttpConfig(),
                    path + ".explicit_http_config",
                    Set.of("http_protocol_options"));
            check.only(
                    options.getExplicitHttpConfig().getHttpProtocolOptions(),
                    path + ".explicit_http_config.http_protocol_options",
                    Set.of());
            var common = options.getCommonHttpProtocolOptions();
            check.only(common, path + ".common_http_protocol_options", Set.of("idle_timeout"));
            if (common.hasIdleTimeout()) {
                idle = Reading.nanos(common.getIdleTimeout(), path + ".idle_timeout", check);
            }
        }
        return idle;
    }

    private ClusterSpec.Limits limits() {
        long connections = DEFAULT_LIMIT;
        long pending = DEFAULT_LIMIT;
        long requests = DEFAULT_LIMIT;
        CircuitBreakers breakers = cluster.getCircuitBreakers();
        check.only(breakers, "circuit_breakers", Set.of("thresholds"));
        for (int i = 0; i < breakers.getThresholdsCount(); i++) {
            CircuitBreakers.Thresholds thresholds = breakers.getThresholds(i);
            String path = "circuit_breakers.thresholds[" + i + "]";
            check.only(
                    thresholds,
                    path,
                    Set.of(
                            "priority",
                            "max_connections",
                            "max_pending_requests",
                            "max_requests",
                            "max_retries"));
            check.require(
                    thresholds.getPriority() == RoutingPriority.DEFAULT,
                    path + ".priority",
                    "must be DEFAULT");
            if (thresholds.hasMaxConnections()) {
                connections = unsigned(thresholds.getMaxConnections());
            }
            if (thresholds.hasMaxPendingRequests()) {
                pending = unsigned(thresholds.getMaxPendingRequests());
            }
            if (thresholds.hasMaxRequests()) {
                requests = unsigned(thresholds.getMaxRequests());
            }
        }
        return new ClusterSpec.Limits(connections, pending, requests);
    }

    private static long unsigned(UInt32Value value) {
        return Integer.toUnsignedLong(value.getValue());
    }

    private Policy policy() {
        if (!cluster.hasLoadBalancingPolicy()) {
            return legacyPolicy();
        }
        LoadBalancingPolicy policies = cluster.getLoadBalancingPolicy();
        String path = "load_balancing_policy.policies[0].typed_extension_config.typed_config";
        if (policies.getPoliciesCount() != 1) {
            check.refuse("load_balancing_policy.policies", "must hold one policy");
            return ROUND_ROBIN;
        }
        var any = policies.getPolicies(0).getTypedExtensionConfig().getTypedConfig();
        if (any.is(LeastRequest.class)) {
            LeastRequest least = check.unpack(any, LeastRequest.class, path);
            return least == null ? ROUND_ROBIN : leastRequest(least, path);
        }
        RoundRobin robin = check.unpack(any, RoundRobin.class, path);
        if (robin != null) {
            check.only(robin, path, Set.of());
        }
        return ROUND_ROBIN;
    }

    private Policy leastRequest(LeastRequest least, String path) {
        check.only(least, path, Set.of("choice_count", "selection_method"));
        boolean all = least.getSelectionMethod() == LeastRequest.SelectionMethod.FULL_SCAN;
        int choices = least.hasChoiceCount() ? least.getChoiceCount().getValue() : 2;
        check.require(choices >= 2, path + ".choice_count", "must be at least 2, is " + choices);
        return new Policy.LeastRequest(all ? Integer.MAX_VALUE : choices);
    }

    private Policy legacyPolicy() {
        return switch (cluster.getLbPolicy()) {
            case ROUND_ROBIN -> ROUND_ROBIN;
            case LEAST_REQUEST -> {
                var config = cluster.getLeastRequestLbConfig();
                check.only(config, "least_request_lb_config", Set.of("choice_count"));
                yield new Policy.LeastRequest(
                        config.hasChoiceCount() ? config.getChoiceCount().getValue() : 2);
            }
            case RING_HASH,
                    RANDOM,
                    MAGLEV,
                    CLUSTER_PROVIDED,
                    LOAD_BALANCING_POLICY_CONFIG,
                    UNRECOGNIZED -> {
                check.refuse("lb_policy", "must be ROUND_ROBIN or LEAST_REQUEST");
                yield ROUND_ROBIN;
            }
        };
    }

    private @Nullable HealthCheckSpec healthCheck() {
        if (cluster.getHealthChecksCount() == 0) {
            return null;
        }
        check.require(cluster.getHealthChecksCount() == 1, "health_checks", "must be one");
        HealthCheck health = cluster.getHealthChecks(0);
        String path = "health_checks[0]";
        check.only(
                health,
                path,
                Set.of(
                        "timeout",
                        "interval",
                        "no_traffic_interval",
                        "unhealthy_threshold",
                        "healthy_threshold",
                        "http_health_check"));
        long interval = Reading.nanos(health.getInterval(), path + ".interval", check);
        long timeout = Reading.nanos(health.getTimeout(), path + ".timeout", check);
        check.require(interval > 0, path + ".interval", "must be above 0");
        check.require(timeout > 0, path + ".timeout", "must be above 0");
        check.require(
                !health.hasNoTrafficInterval()
                        || health.getNoTrafficInterval().equals(health.getInterval()),
                path + ".no_traffic_interval",
                "must equal interval");
        var http = health.getHttpHealthCheck();
        check.require(health.hasHttpHealthCheck(), path + ".http_health_check", "is required");
        check.only(http, path + ".http_health_check", Set.of("host", "path", "expected_statuses"));
        check.require(
                http.getPath().startsWith("/"),
                path + ".http_health_check.path",
                "must begin with '/', is '" + http.getPath() + "'");
        List<HealthCheckSpec.Range> expected =
                http.getExpectedStatusesList().stream()
                        .map(range ->
                                new HealthCheckSpec.Range(
                                        Math.clamp(range.getStart(), 0, 1000),
                                        Math.clamp(range.getEnd(), 0, 1000)))
                        .toList();
        return new HealthCheckSpec(
                http.getPath(),
                http.getHost(),
                interval,
                timeout,
                health.getHealthyThreshold().getValue(),
                health.getUnhealthyThreshold().getValue(),
                expected);
    }
}
