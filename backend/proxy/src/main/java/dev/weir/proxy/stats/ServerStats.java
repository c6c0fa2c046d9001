package dev.weir.proxy.stats;

/// The counters of one virtual server; each worker adds on its own stripe.
public final class ServerStats {
    private final String name;
    private final Counters counters;
    private volatile long certificateExpires = Long.MAX_VALUE;
    private volatile String certificateName = "";

    /// @param name the stat prefix, such as `vs_7`
    public ServerStats(String name, int workers) {
        this.name = name;
        this.counters = new Counters(ServerMetric.COUNTERS, workers);
    }

    public String name() {
        return name;
    }

    Counters counters() {
        return counters;
    }

    public void add(int worker, ServerMetric metric, long amount) {
        counters.add(worker, metric.index(), amount);
    }

    public void increment(int worker, ServerMetric metric) {
        counters.add(worker, metric.index(), 1);
    }

    public void decrement(int worker, ServerMetric metric) {
        counters.add(worker, metric.index(), -1);
    }

    /// Counts a finished request by its status class and time.
    public void completed(int worker, int status, long nanos) {
        counters.add(worker, ServerMetric.RQ_COMPLETED.index(), 1);
        counters.add(worker, ServerMetric.RQ_1XX.index() + statusClass(status), 1);
        Histogram.record(counters, worker, ServerMetric.HISTOGRAM, nanos);
    }

    /// Tells which served certificate ends first, in seconds since the epoch.
    public void certificate(String certificate, long expiresAtSeconds) {
        certificateName = certificate;
        certificateExpires = expiresAtSeconds;
    }

    String certificateName() {
        return certificateName;
    }

    long certificateExpires() {
        return certificateExpires;
    }

    public long sum(ServerMetric metric) {
        return counters.sum(metric.index());
    }

    static int statusClass(int status) {
        return Math.clamp(status / 100 - 1, 0, 4);
    }
}
