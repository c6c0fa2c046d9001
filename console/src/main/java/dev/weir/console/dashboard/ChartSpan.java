package dev.weir.console.dashboard;

import java.time.Duration;

/// How far back charts look: no farther than there is something to see.
enum ChartSpan {
    ONE_MINUTE(1, 15),
    TWO_MINUTES(2, 30),
    FIVE_MINUTES(5, 60);

    private final Duration length;
    private final Duration tick;

    ChartSpan(int minutes, int tickSeconds) {
        length = Duration.ofMinutes(minutes);
        tick = Duration.ofSeconds(tickSeconds);
    }

    /// The shortest that holds readings as old as this, or the longest.
    static ChartSpan holding(Duration oldest) {
        for (ChartSpan span : values()) {
            if (span.length.compareTo(oldest) >= 0) {
                return span;
            }
        }
        return FIVE_MINUTES;
    }

    Duration length() {
        return length;
    }

    /// Between two times at the lower edge.
    Duration tick() {
        return tick;
    }
}
