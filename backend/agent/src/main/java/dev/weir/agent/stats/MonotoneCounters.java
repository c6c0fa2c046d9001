package dev.weir.agent.stats;

import java.util.Arrays;

/// Totals of one virtual server that never go back, though the engine's own begin at 0 when it is
/// started again.
///
/// When any counter of the virtual server fell, all of them began anew, and what they had reached
/// is kept as their base: what was counted between the last scrape and the end is lost, never
/// counted twice. Owned by the thread that scrapes.
final class MonotoneCounters {
    private final long[] base = new long[Slot.COUNT];
    private final long[] raw = new long[Slot.COUNT];

    /// Takes the counters of a scrape. Returns whether they began anew.
    boolean accept(RawCounters counters) {
        boolean restarted = false;
        for (Slot slot : Slot.ALL) {
            restarted |=
                    !slot.gauge && Long.compareUnsigned(counters.value(slot), raw[slot.place]) < 0;
        }
        for (Slot slot : Slot.ALL) {
            if (restarted) {
                base[slot.place] += raw[slot.place];
            }
            raw[slot.place] = counters.value(slot);
        }
        return restarted;
    }

    /// Every total at this moment, by place; of gauges the value itself.
    long[] totals() {
        long[] totals = Arrays.copyOf(raw, raw.length);
        for (Slot slot : Slot.ALL) {
            if (!slot.gauge) {
                totals[slot.place] += base[slot.place];
            }
        }
        return totals;
    }
}
