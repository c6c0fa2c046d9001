package dev.weir.proxy.listener;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;

/// A virtual server as the controller describes it.
///
/// @param routesName the name of its RouteConfiguration
/// @param tls null when it speaks plain HTTP
public record ListenerSpec(
        String name,
        String statPrefix,
        InetSocketAddress address,
        String routesName,
        @Nullable Tls tls,
        Options options) {

    /// Termination of TLS.
    ///
    /// @param secrets names of certificates; the first serves clients without a matching SNI
    /// @param protocols the versions offered, in Java's names
    public record Tls(List<String> secrets, List<String> protocols) {}

    /// Limits and timeouts, in nanoseconds; 0 for none.
    ///
    /// @param headTimeout from the first byte of a request's head to its last
    /// @param idleTimeout of a connection without a request
    /// @param streamIdleTimeout of a request or tunnel through which nothing moves
    /// @param requestTimeout from a request's first byte to its last
    /// @param bufferBytes written and not yet taken by the client, above which the endpoint is read
    ///   no further
    public record Options(
            long headTimeout,
            long idleTimeout,
            long streamIdleTimeout,
            long requestTimeout,
            Features features,
            int bufferBytes) {}

    /// What is done beyond plain forwarding.
    ///
    /// @param webSocket whether upgrades to it pass
    /// @param stripPort whether the port of the Host field is removed before routing and forwarding
    /// @param requestId whether a missing `x-request-id` is made
    public record Features(boolean webSocket, boolean stripPort, boolean requestId) {}
}
