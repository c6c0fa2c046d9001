package dev.weir.proxy.stats;

/// What is counted for one endpoint, by the names of Envoy's `/clusters`.
@SuppressWarnings("EnumOrdinal") // the order is the layout of the counters, in memory only
public enum HostMetric {
    CX_ACTIVE("cx_active", true),
    CX_CONNECT_FAIL("cx_connect_fail", false),
    CX_TOTAL("cx_total", false),
    RQ_ACTIVE("rq_active", true),
    RQ_ERROR("rq_error", false),
    RQ_SUCCESS("rq_success", false),
    RQ_TIMEOUT("rq_timeout", false),
    RQ_TOTAL("rq_total", false);

    static final int COUNTERS = values().length;

    private final String stat;
    private final boolean gauge;

    HostMetric(String stat, boolean gauge) {
        this.stat = stat;
        this.gauge = gauge;
    }

    /// The name in Envoy's `/clusters`.
    public String stat() {
        return stat;
    }

    public boolean gauge() {
        return gauge;
    }

    /// The slot in [Counters].
    int index() {
        return ordinal();
    }
}
