package dev.weir.agent.stats;

import java.util.function.LongSupplier;

/// How long the agent has been running: `sysUpTime`, on a clock that no one sets.
///
/// @param nanoTime such as `System::nanoTime`
/// @param started what `nanoTime` said when the agent started
public record UpTime(LongSupplier nanoTime, long started) {
    private static final long NANOS_PER_TICK = 10_000_000;

    /// Starts to count now.
    public static UpTime starting(LongSupplier nanoTime) {
        return new UpTime(nanoTime, nanoTime.getAsLong());
    }

    /// Hundredths of a second since the start.
    public long ticks() {
        return (nanoTime.getAsLong() - started) / NANOS_PER_TICK;
    }
}
