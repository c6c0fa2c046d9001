package dev.weir.proxy.discovery;

import org.jspecify.annotations.Nullable;

/// The resource types that the proxy asks for, in the order of the first requests.
enum ResourceType {
    CLUSTER("envoy.config.cluster.v3.Cluster", true),
    ENDPOINTS("envoy.config.endpoint.v3.ClusterLoadAssignment", false),
    LISTENER("envoy.config.listener.v3.Listener", true),
    ROUTES("envoy.config.route.v3.RouteConfiguration", false),
    SECRET("envoy.extensions.transport_sockets.tls.v3.Secret", false);

    private final String url;
    private final boolean wildcard;

    ResourceType(String message, boolean wildcard) {
        this.url = "type.googleapis.com/" + message;
        this.wildcard = wildcard;
    }

    String url() {
        return url;
    }

    /// True when all resources of the type are wanted, whatever their names.
    boolean wildcard() {
        return wildcard;
    }

    static @Nullable ResourceType of(String url) {
        for (ResourceType type : values()) {
            if (type.url.equals(url)) {
                return type;
            }
        }
        return null;
    }
}
