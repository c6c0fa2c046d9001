package dev.weir.proxy.upstream;

import org.jspecify.annotations.Nullable;

/// A target group as the controller describes it.
///
/// @param endpointsName the name of its ClusterLoadAssignment
/// @param panicPercent below this share of healthy endpoints all are used; 0 for never
/// @param healthCheck null when endpoints count as healthy unchecked
public record ClusterSpec(
        String name,
        String statName,
        String endpointsName,
        Policy policy,
        Timeouts timeouts,
        double panicPercent,
        Limits limits,
        @Nullable HealthCheckSpec healthCheck) {

    /// In nanoseconds.
    ///
    /// @param idle how long a pooled connection waits for its next request
    public record Timeouts(long connect, long idle) {}

    /// Above these, requests are answered 503 (Envoy's circuit breaker thresholds).
    public record Limits(long connections, long pendingRequests, long requests) {}

    /// How an endpoint is chosen; each heeds weights.
    public sealed interface Policy {

        /// Smooth weighted round robin.
        record RoundRobin() implements Policy {}

        /// The fewest requests in flight for its weight, among `choices` or, with
        /// [Integer#MAX_VALUE], among all.
        record LeastRequest(int choices) implements Policy {}
    }
}
