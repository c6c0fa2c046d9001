package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// An HTTP GET that tells whether a target can serve.
///
/// @param host the `Host` sent, or null for the target's address
/// @param interval from one probe to the next, 100 ms to 1 h; 5 s where absent
/// @param timeout for one probe, 1 ms up to the interval; 2 s or the interval where absent
/// @param healthyThreshold probes in a row that must pass before an unhealthy target serves again,
///   1 to 20
/// @param unhealthyThreshold probes in a row that must fail before a target stops serving, 1 to 20
/// @param expectedStatuses ranges of passing status codes; 200–299 where empty
public record HealthMonitor(
        String path,
        @Nullable String host,
        Duration interval,
        Duration timeout,
        Integer healthyThreshold,
        Integer unhealthyThreshold,
        List<StatusRange> expectedStatuses) {

    /// Status codes `from` to `to`, both included.
    public record StatusRange(int from, int to) {}

    public HealthMonitor {
        path = path == null ? "/" : path;
        interval = interval == null ? Duration.ofSeconds(5) : interval;
        timeout = timeout == null ? least(Duration.ofSeconds(2), interval) : timeout;
        healthyThreshold = healthyThreshold == null ? Integer.valueOf(2) : healthyThreshold;
        unhealthyThreshold = unhealthyThreshold == null ? Integer.valueOf(3) : unhealthyThreshold;
        expectedStatuses =
                expectedStatuses == null || expectedStatuses.isEmpty()
                        ? List.of(new StatusRange(200, 299))
                        : List.copyOf(expectedStatuses);
    }

    List<Problem> problems() {
        Problems problems =
                new Problems()
                        .require(
                                path.startsWith("/"),
                                "path",
                                "must begin with '/', is '" + path + "'")
                        .range("interval", interval.toMillis(), 100, 3_600_000)
                        .range("timeout", timeout.toMillis(), 1, Math.max(1, interval.toMillis()))
                        .range("healthyThreshold", healthyThreshold, 1, 20)
                        .range("unhealthyThreshold", unhealthyThreshold, 1, 20);
        for (int i = 0; i < expectedStatuses.size(); i++) {
            StatusRange range = expectedStatuses.get(i);
            problems.require(
                    range.from() >= 100 && range.to() <= 599 && range.from() <= range.to(),
                    "expectedStatuses[" + i + "]",
                    "must be an ascending range within 100 to 599, is "
                            + range.from()
                            + " to "
                            + range.to());
        }
        return problems.list();
    }

    private static Duration least(Duration left, Duration right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
