package dev.weir.proxy.stats;

/// The counters of one endpoint; each worker adds on its own stripe.
public final class HostStats {
    private final Counters counters;

    public HostStats(int workers) {
        this.counters = new Counters(HostMetric.COUNTERS, workers);
    }

    public void increment(int worker, HostMetric metric) {
        counters.add(worker, metric.index(), 1);
    }

    public void decrement(int worker, HostMetric metric) {
        counters.add(worker, metric.index(), -1);
    }

    public long sum(HostMetric metric) {
        return counters.sum(metric.index());
    }
}
