package dev.weir.xds;

import java.util.Optional;

/// A type of xDS resource that Weir serves, in the order in which additions are sent.
public enum XdsType {
    CLUSTER("envoy.config.cluster.v3.Cluster"),
    ENDPOINT("envoy.config.endpoint.v3.ClusterLoadAssignment"),
    SECRET("envoy.extensions.transport_sockets.tls.v3.Secret"),
    LISTENER("envoy.config.listener.v3.Listener"),
    ROUTE("envoy.config.route.v3.RouteConfiguration");

    private static final String PREFIX = "type.googleapis.com/";

    private final String url;

    XdsType(String message) {
        this.url = PREFIX + message;
    }

    /// The `type_url` in discovery requests, responses and `Any`.
    public String url() {
        return url;
    }

    /// Whether a node takes every resource of this type (CDS and LDS) rather than those it names.
    public boolean isRoot() {
        return switch (this) {
            case CLUSTER, LISTENER -> true;
            case ENDPOINT, SECRET, ROUTE -> false;
        };
    }

    /// The type with this URL, or empty where Weir does not serve it.
    public static Optional<XdsType> ofUrl(String url) {
        for (XdsType type : values()) {
            if (type.url.equals(url)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
