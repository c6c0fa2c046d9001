package dev.weir.proxy.stats;

/// What is counted for one target group.
@SuppressWarnings("EnumOrdinal") // the order is the layout of the counters, in memory only
public enum ClusterMetric implements Metric {
    CX_ACTIVE("upstream_cx_active", true),
    CX_TOTAL("upstream_cx_total", false),
    CX_CONNECT_FAIL("upstream_cx_connect_fail", false),
    CX_CONNECT_TIMEOUT("upstream_cx_connect_timeout", false),
    CX_DESTROY("upstream_cx_destroy", false),
    CX_OVERFLOW("upstream_cx_overflow", false),
    CX_NONE_HEALTHY("upstream_cx_none_healthy", false),
    CX_PROTOCOL_ERROR("upstream_cx_protocol_error", false),
    CX_RX_BYTES_TOTAL("upstream_cx_rx_bytes_total", false),
    CX_TX_BYTES_TOTAL("upstream_cx_tx_bytes_total", false),
    RQ_ACTIVE("upstream_rq_active", true),
    RQ_TOTAL("upstream_rq_total", false),
    RQ_COMPLETED("upstream_rq_completed", false),
    RQ_1XX("upstream_rq_1xx", false),
    RQ_2XX("upstream_rq_2xx", false),
    RQ_3XX("upstream_rq_3xx", false),
    RQ_4XX("upstream_rq_4xx", false),
    RQ_5XX("upstream_rq_5xx", false),
    RQ_TIMEOUT("upstream_rq_timeout", false),
    RQ_RETRY("upstream_rq_retry", false),
    RQ_RX_RESET("upstream_rq_rx_reset", false),
    RQ_TX_RESET("upstream_rq_tx_reset", false),
    RQ_PENDING_ACTIVE("upstream_rq_pending_active", true),
    RQ_PENDING_TOTAL("upstream_rq_pending_total", false),
    RQ_PENDING_OVERFLOW("upstream_rq_pending_overflow", false),
    RQ_PENDING_FAILURE_EJECT("upstream_rq_pending_failure_eject", false),
    LB_HEALTHY_PANIC("lb_healthy_panic", false),
    HEALTH_CHECK_ATTEMPT("health_check_attempt", false),
    HEALTH_CHECK_SUCCESS("health_check_success", false),
    HEALTH_CHECK_FAILURE("health_check_failure", false);

    static final ClusterMetric[] ALL = values();
    static final int HISTOGRAM = ALL.length;
    static final int COUNTERS = HISTOGRAM + Histogram.SLOTS;

    private final String stat;
    private final boolean gauge;

    ClusterMetric(String stat, boolean gauge) {
        this.stat = stat;
        this.gauge = gauge;
    }

    @Override
    public Scope scope() {
        return Scope.CLUSTER;
    }

    @Override
    public String stat() {
        return stat;
    }

    @Override
    public boolean gauge() {
        return gauge;
    }

    @Override
    public int index() {
        return ordinal();
    }
}
