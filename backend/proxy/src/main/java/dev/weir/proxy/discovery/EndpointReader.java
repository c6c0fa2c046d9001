package dev.weir.proxy.discovery;

import dev.weir.proxy.upstream.EndpointSpec;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a ClusterLoadAssignment (envoy.config.endpoint.v3).
final class EndpointReader {
    private EndpointReader() {}

    static List<EndpointSpec> read(ClusterLoadAssignment assignment, FieldCheck check) {
        check.only(assignment, "", Set.of("cluster_name", "endpoints"));
        List<EndpointSpec> endpoints = new ArrayList<>();
        Set<InetSocketAddress> seen = new HashSet<>();
        for (int i = 0; i < assignment.getEndpointsCount(); i++) {
            LocalityLbEndpoints locality = assignment.getEndpoints(i);
            String path = "endpoints[" + i + "]";
            check.only(locality, path, Set.of("lb_endpoints", "priority", "locality"));
            check.require(locality.getPriority() == 0, path + ".priority", "must be 0");
            for (int j = 0; j < locality.getLbEndpointsCount(); j++) {
                String inner = path + ".lb_endpoints[" + j + "]";
                EndpointSpec endpoint = endpoint(locality.getLbEndpoints(j), inner, check);
                check.require(
                        seen.add(endpoint.address()),
                        inner + ".endpoint.address",
                        "is there twice: " + endpoint.address());
                endpoints.add(endpoint);
            }
        }
        return endpoints;
    }

    private static EndpointSpec endpoint(LbEndpoint described, String path, FieldCheck check) {
        check.only(described, path, Set.of("endpoint", "health_status", "load_balancing_weight"));
        Endpoint endpoint = described.getEndpoint();
        check.only(endpoint, path + ".endpoint", Set.of("address", "health_check_config"));
        var health = endpoint.getHealthCheckConfig();
        check.only(health, path + ".endpoint.health_check_config", Set.of("hostname"));
        int weight =
                described.hasLoadBalancingWeight()
                        ? described.getLoadBalancingWeight().getValue()
                        : 1;
        check.require(
                weight >= 1, path + ".load_balancing_weight", "must be at least 1, is " + weight);
        return new EndpointSpec(
                Reading.address(endpoint.getAddress(), path + ".endpoint.address", check),
                Math.max(1, weight),
                state(described.getHealthStatus(), path, check),
                health.getHostname());
    }

    private static EndpointSpec.State state(HealthStatus status, String path, FieldCheck check) {
        return switch (status) {
            case UNKNOWN, HEALTHY -> EndpointSpec.State.AVAILABLE;
            case DRAINING -> EndpointSpec.State.DRAINING;
            case UNHEALTHY, TIMEOUT -> EndpointSpec.State.UNHEALTHY;
            case DEGRADED, UNRECOGNIZED -> {
                check.refuse(path + ".health_status", "is not supported: " + status);
                yield EndpointSpec.State.UNHEALTHY;
            }
        };
    }
}
