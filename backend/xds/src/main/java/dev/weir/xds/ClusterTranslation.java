package dev.weir.xds;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;

import dev.weir.model.HealthMonitor;
import dev.weir.model.Resource;
import dev.weir.model.TargetGroup;

import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import io.envoyproxy.envoy.extensions.load_balancing_policies.round_robin.v3.RoundRobin;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.envoyproxy.envoy.type.v3.Percent;

import java.time.Duration;

/// A target group as Envoy's `Cluster` without its endpoints, which come by EDS.
final class ClusterTranslation {
    /// Shorter than the idle time of common servers, so that a pooled connection is rarely closed
    /// by the other side just when it is used.
    private static final Duration UPSTREAM_IDLE = Duration.ofSeconds(50);

    /// Envoy's 1,024 answers 503 under quite ordinary load.
    private static final int UPSTREAM_LIMIT = 65_536;

    private static final String HTTP_OPTIONS =
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private static final Any HTTP1 =
            Serialized.any(
                    io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                            .newBuilder()
                            .setExplicitHttpConfig(
                                    io.envoyproxy.envoy.extensions.upstreams.http.v3
                                            .HttpProtocolOptions.ExplicitHttpConfig.newBuilder()
                                            .setHttpProtocolOptions(
                                                    Http1ProtocolOptions.getDefaultInstance()))
                            .setCommonHttpProtocolOptions(
                                    HttpProtocolOptions.newBuilder()
                                            .setIdleTimeout(CommonMessages.duration(UPSTREAM_IDLE)))
                            .build());

    private ClusterTranslation() {}

    static Cluster cluster(Resource<TargetGroup> resource) {
        TargetGroup spec = resource.spec();
        String name = XdsName.targetGroup(resource.metadata().id()).toString();
        UInt32Value limit = UInt32Value.of(UPSTREAM_LIMIT);
        Cluster.Builder cluster =
                Cluster.newBuilder()
                        .setName(name)
                        .setAltStatName(XdsName.targetGroupStatistics(resource.metadata().index()))
                        .setType(Cluster.DiscoveryType.EDS)
                        .setEdsClusterConfig(
                                Cluster.EdsClusterConfig.newBuilder()
                                        .setEdsConfig(CommonMessages.ADS)
                                        .setServiceName(name))
                        .setConnectTimeout(CommonMessages.duration(spec.connectTimeout()))
                        .setPerConnectionBufferLimitBytes(
                                UInt32Value.of(CommonMessages.CONNECTION_BUFFER_BYTES))
                        .setLoadBalancingPolicy(policy(spec.algorithm()))
                        .setCircuitBreakers(
                                CircuitBreakers.newBuilder()
                                        .addThresholds(
                                                CircuitBreakers.Thresholds.newBuilder()
                                                        .setMaxConnections(limit)
                                                        .setMaxPendingRequests(limit)
                                                        .setMaxRequests(limit)))
                        .setCommonLbConfig(
                                // a group with no healthy target answers 503, never a sick target
                                Cluster.CommonLbConfig.newBuilder()
                                        .setHealthyPanicThreshold(Percent.getDefaultInstance()))
                        .setIgnoreHealthOnHostRemoval(true)
                        .putTypedExtensionProtocolOptions(HTTP_OPTIONS, HTTP1);
        if (spec.healthMonitor() != null) {
            cluster.addHealthChecks(healthCheck(spec.healthMonitor()));
        }
        return cluster.build();
    }

    private static LoadBalancingPolicy policy(TargetGroup.Algorithm algorithm) {
        TypedExtensionConfig policy =
                switch (algorithm) {
                    case ROUND_ROBIN -> named("round_robin", Serialized.any(roundRobin()));
                    case LEAST_CONNECTIONS ->
                            named("least_request", Serialized.any(leastRequest()));
                };
        return LoadBalancingPolicy.newBuilder()
                .addPolicies(
                        LoadBalancingPolicy.Policy.newBuilder().setTypedExtensionConfig(policy))
                .build();
    }

    private static RoundRobin roundRobin() {
        return RoundRobin.getDefaultInstance();
    }

    /// Looks at every target: an operator who reads "least connections" expects the least, not the
    /// better of two picked at random.
    private static LeastRequest leastRequest() {
        return LeastRequest.newBuilder()
                .setChoiceCount(UInt32Value.of(2))
                .setSelectionMethod(LeastRequest.SelectionMethod.FULL_SCAN)
                .build();
    }

    private static TypedExtensionConfig named(String policy, Any configuration) {
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.load_balancing_policies." + policy)
                .setTypedConfig(configuration)
                .build();
    }

    private static HealthCheck healthCheck(HealthMonitor monitor) {
        com.google.protobuf.Duration interval = CommonMessages.duration(monitor.interval());
        HealthCheck.HttpHealthCheck.Builder http =
                HealthCheck.HttpHealthCheck.newBuilder().setPath(monitor.path());
        if (monitor.host() != null) {
            http.setHost(monitor.host());
        }
        for (HealthMonitor.StatusRange range : monitor.expectedStatuses()) {
            http.addExpectedStatuses(
                    Int64Range.newBuilder().setStart(range.from()).setEnd(range.to() + 1L));
        }
        return HealthCheck.newBuilder()
                .setInterval(interval)
                // Envoy would probe a group without traffic only once a minute
                .setNoTrafficInterval(interval)
                .setTimeout(CommonMessages.duration(monitor.timeout()))
                .setHealthyThreshold(UInt32Value.of(monitor.healthyThreshold()))
                .setUnhealthyThreshold(UInt32Value.of(monitor.unhealthyThreshold()))
                .setHttpHealthCheck(http)
                .build();
    }
}
