package dev.weir.proxy.stats;

/// Envoy's default buckets for times in milliseconds, as slots of a [Counters].
final class Histogram {
    private static final double[] BOUNDS = {
        0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000,
        600_000, 1_800_000, 3_600_000
    };
    private static final long[] NANOS = nanos();
    private static final int OVERFLOW = BOUNDS.length;
    private static final int SUM_MICROS = OVERFLOW + 1;

    /// Slots that one histogram takes.
    static final int SLOTS = SUM_MICROS + 1;

    private Histogram() {}

    private static long[] nanos() {
        long[] nanos = new long[BOUNDS.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(BOUNDS[i] * 1_000_000);
        }
        return nanos;
    }

    static void record(Counters counters, int stripe, int base, long nanos) {
        int bucket = 0;
        while (bucket < OVERFLOW && nanos > NANOS[bucket]) {
            bucket++;
        }
        counters.add(stripe, base + bucket, 1);
        counters.add(stripe, base + SUM_MICROS, nanos / 1000);
    }

    static long count(Counters counters, int base) {
        long count = 0;
        for (int bucket = 0; bucket <= OVERFLOW; bucket++) {
            count += counters.sum(base + bucket);
        }
        return count;
    }

    /// Writes the cumulative buckets, the sum in milliseconds and the count.
    static void write(
            StringBuilder out, String family, String labels, Counters counters, int base) {
        long cumulative = 0;
        for (int bucket = 0; bucket < OVERFLOW; bucket++) {
            cumulative += counters.sum(base + bucket);
            double bound = BOUNDS[bucket];
            String edge = bound < 1 ? Double.toString(bound) : Long.toString((long) bound);
            out.append(family).append("_bucket{").append(labels).append(",le=\"").append(edge);
            out.append("\"} ").append(cumulative).append('\n');
        }
        cumulative += counters.sum(base + OVERFLOW);
        out.append(family).append("_bucket{").append(labels).append(",le=\"+Inf\"} ");
        out.append(cumulative).append('\n');
        long micros = counters.sum(base + SUM_MICROS);
        out.append(family).append("_sum{").append(labels).append("} ").append(micros / 1000.0);
        out.append('\n').append(family).append("_count{").append(labels).append("} ");
        out.append(cumulative).append('\n');
    }
}
