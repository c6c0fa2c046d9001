package dev.weir.proxy.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counters with one stripe for each worker: only its own loop writes a stripe, everybody may read
/// the sums.
///
/// An increment is a plain load and an opaque store, cheaper than a `LongAdder` cell; a sum may lag
/// behind by what is in flight between two cores, and never loses a count.
public final class Counters {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /// Two cache lines between stripes, since adjacent lines are fetched in pairs.
    private static final int PADDING = 16;

    private final int stride;
    private final int stripes;
    private final long[] values;

    public Counters(int counters, int stripes) {
        this.stripes = stripes;
        this.stride = (counters + PADDING - 1) / PADDING * PADDING;
        this.values = new long[stride * stripes + PADDING];
    }

    /// Adds on the stripe of the calling worker.
    public void add(int stripe, int counter, long amount) {
        int index = stripe * stride + counter;
        LONGS.setOpaque(values, index, values[index] + amount);
    }

    /// The sum over all workers.
    public long sum(int counter) {
        long sum = 0;
        for (int stripe = 0; stripe < stripes; stripe++) {
            sum += (long) LONGS.getOpaque(values, stripe * stride + counter);
        }
        return sum;
    }
}
