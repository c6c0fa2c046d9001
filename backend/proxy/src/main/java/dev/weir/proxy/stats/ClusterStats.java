package dev.weir.proxy.stats;

/// The counters of one target group; each worker adds on its own stripe.
public final class ClusterStats {
    private final String name;
    private final Counters counters;

    /// @param name the alternative stat name, such as `tg_3`
    public ClusterStats(String name, int workers) {
        this.name = name;
        this.counters = new Counters(ClusterMetric.COUNTERS, workers);
    }

    public String name() {
        return name;
    }

    Counters counters() {
        return counters;
    }

    public void add(int worker, ClusterMetric metric, long amount) {
        counters.add(worker, metric.index(), amount);
    }

    public void increment(int worker, ClusterMetric metric) {
        counters.add(worker, metric.index(), 1);
    }

    public void decrement(int worker, ClusterMetric metric) {
        counters.add(worker, metric.index(), -1);
    }

    /// Counts a finished request by its status class and time.
    public void completed(int worker, int status, long nanos) {
        counters.add(worker, ClusterMetric.RQ_COMPLETED.index(), 1);
        counters.add(worker, ClusterMetric.RQ_1XX.index() + ServerStats.statusClass(status), 1);
        Histogram.record(counters, worker, ClusterMetric.HISTOGRAM, nanos);
    }

    public long sum(ClusterMetric metric) {
        return counters.sum(metric.index());
    }
}
