package dev.weir.agent.supervise;

import java.time.Duration;

/// How long to wait before a program that died is started again: 100 ms, twice as long each time,
/// 10 seconds at most; from the beginning after it ran for half a minute.
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /// The wait after a run of that length.
    Duration after(Duration run) {
        if (run.compareTo(SETTLED) >= 0) {
            next = FIRST;
        }
        Duration now = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        return now;
    }
}
