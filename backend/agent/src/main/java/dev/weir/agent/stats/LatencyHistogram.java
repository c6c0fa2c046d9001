package dev.weir.agent.stats;

/// Times of the requests between two scrapes, in buckets.
///
/// @param boundsMillis upper bounds, ascending, the last one infinite
/// @param counts requests in each bucket alone
@SuppressWarnings("ArrayRecordComponent") // made and read by one thread, never compared
record LatencyHistogram(double[] boundsMillis, long[] counts) {
    private static final double MICROS = 1000;

    /// What came between two scrapes of one run of the engine. Where the buckets themselves differ,
    /// everything up to the later scrape.
    static LatencyHistogram between(RawCounters before, RawCounters after) {
        boolean comparable = before.buckets() == after.buckets();
        double[] bounds = new double[after.buckets()];
        long[] counts = new long[bounds.length];
        long below = 0;
        for (int bucket = 0; bucket < bounds.length; bucket++) {
            bounds[bucket] = after.bound(bucket);
            long cumulative =
                    after.cumulative(bucket) - (comparable ? before.cumulative(bucket) : 0);
            counts[bucket] = Math.max(0, cumulative - below);
            below = Math.max(below, cumulative);
        }
        return new LatencyHistogram(bounds, counts);
    }

    /// The time within which that share of the requests was answered, in microseconds, by linear
    /// interpolation within a bucket; the highest finite bound for requests above it, 0 where there
    /// are no requests.
    long quantileMicros(double share) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        double rank = share * all;
        long below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0 && below + counts[bucket] >= rank) {
                double low = bucket == 0 ? 0 : boundsMillis[bucket - 1];
                double high = boundsMillis[bucket];
                double within = (rank - below) / counts[bucket];
                return Math.round(
                        MICROS * (Double.isInfinite(high) ? low : low + (high - low) * within));
            }
            below += counts[bucket];
        }
        return 0;
    }

    /// The upper bound of the highest bucket with a request in it, in microseconds;
    /// `Long.MAX_VALUE` where it has none, 0 where there are no requests.
    long maxMicros() {
        for (int bucket = counts.length - 1; bucket >= 0; bucket--) {
            if (counts[bucket] > 0) {
                return Math.round(MICROS * boundsMillis[bucket]);
            }
        }
        return 0;
    }
}
