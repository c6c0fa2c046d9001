package dev.weir.proxy.upstream;

import java.net.InetSocketAddress;

/// One endpoint as the controller describes it.
///
/// @param weight at least 1
/// @param probeHost the Host of health checks that name none; empty for the cluster's name
public record EndpointSpec(InetSocketAddress address, int weight, State state, String probeHost) {

    /// What `LbEndpoint.health_status` says of the endpoint.
    public enum State {
        AVAILABLE("HEALTHY"),
        DRAINING("DRAINING"),
        UNHEALTHY("UNHEALTHY");

        private final String envoyName;

        State(String envoyName) {
            this.envoyName = envoyName;
        }

        /// The word in `/clusters`.
        public String envoyName() {
            return envoyName;
        }
    }
}
