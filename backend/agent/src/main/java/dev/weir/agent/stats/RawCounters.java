package dev.weir.agent.stats;

import java.util.Arrays;

/// What the engine said of one virtual server in one scrape.
///
/// Written by the thread that scrapes, then never again.
final class RawCounters {
    static final RawCounters NONE = new RawCounters();

    private static final double[] NO_BOUNDS = {};
    private static final long[] NO_COUNTS = {};

    private final long[] values = new long[Slot.COUNT];
    private double[] bounds = NO_BOUNDS;
    private long[] counts = NO_COUNTS;
    private int buckets;

    long value(Slot slot) {
        return values[slot.place];
    }

    void add(Slot slot, long value) {
        values[slot.place] += value;
    }

    /// How many histogram buckets there are.
    int buckets() {
        return buckets;
    }

    /// The upper bound of a bucket in milliseconds; infinite for the last.
    double bound(int bucket) {
        return bounds[bucket];
    }

    /// Requests that took no longer than the bound.
    long cumulative(int bucket) {
        return counts[bucket];
    }

    /// Adds a bucket; one that does not come in order is not kept.
    void addBucket(double bound, long cumulative) {
        if (Double.isNaN(bound) || (buckets > 0 && bound <= bounds[buckets - 1])) {
            return;
        }
        if (buckets == bounds.length) {
            int larger = Math.max(32, buckets * 2);
            bounds = Arrays.copyOf(bounds, larger);
            counts = Arrays.copyOf(counts, larger);
        }
        bounds[buckets] = bound;
        counts[buckets] = cumulative;
        buckets++;
    }
}
