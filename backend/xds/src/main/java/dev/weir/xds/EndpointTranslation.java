package dev.weir.xds;

import com.google.protobuf.UInt32Value;

import dev.weir.model.Resource;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;

/// A target group's targets as Envoy's `ClusterLoadAssignment`.
final class EndpointTranslation {
    private EndpointTranslation() {}

    static ClusterLoadAssignment assignment(Resource<TargetGroup> resource) {
        LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder();
        for (Target target : resource.spec().targets()) {
            switch (target.adminState()) {
                case ENABLED -> locality.addLbEndpoints(endpoint(target, HealthStatus.UNKNOWN));
                case DRAIN -> locality.addLbEndpoints(endpoint(target, HealthStatus.DRAINING));
                case OFFLINE -> {} // an endpoint that is left out gets no probes either
            }
        }
        String name = XdsName.targetGroup(resource.metadata().id()).toString();
        if (locality.getLbEndpointsCount() == 0) {
            return empty(name);
        }
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(name)
                .addEndpoints(locality)
                .build();
    }

    /// For a group without targets, and for a name that is gone: without an answer the cluster
    /// would wait for one.
    static ClusterLoadAssignment empty(String name) {
        return ClusterLoadAssignment.newBuilder().setClusterName(name).build();
    }

    /// `UNKNOWN` leaves the judgement to the health monitor; without one it counts as healthy.
    private static LbEndpoint endpoint(Target target, HealthStatus status) {
        return LbEndpoint.newBuilder()
                .setHealthStatus(status)
                .setLoadBalancingWeight(UInt32Value.of(target.weight()))
                .setEndpoint(
                        Endpoint.newBuilder()
                                .setAddress(CommonMessages.address(target.address(), target.port()))
                                // the Host of probes; Envoy's default is the cluster's name
                                .setHealthCheckConfig(
                                        Endpoint.HealthCheckConfig.newBuilder()
                                                .setHostname(authority(target))))
                .build();
    }

    private static String authority(Target target) {
        boolean ipv6 = target.address().indexOf(':') >= 0;
        return (ipv6 ? "[" + target.address() + "]" : target.address()) + ":" + target.port();
    }
}
