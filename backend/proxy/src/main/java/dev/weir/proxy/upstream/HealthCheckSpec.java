package dev.weir.proxy.upstream;

import java.util.List;

/// An HTTP health check; times in nanoseconds.
///
/// @param host the Host field, empty for the cluster's name
/// @param expected ranges of passing status codes; 200 where empty
public record HealthCheckSpec(
        String path,
        String host,
        long interval,
        long timeout,
        int healthyThreshold,
        int unhealthyThreshold,
        List<Range> expected) {

    /// Status codes from `start` up to, not including, `end`.
    public record Range(int start, int end) {}

    public HealthCheckSpec {
        expected = expected.isEmpty() ? List.of(new Range(200, 201)) : List.copyOf(expected);
    }

    boolean passes(int status) {
        return expected.stream().anyMatch(range -> status >= range.start() && status < range.end());
    }
}
