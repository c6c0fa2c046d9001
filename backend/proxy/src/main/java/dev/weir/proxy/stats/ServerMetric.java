package dev.weir.proxy.stats;

/// What is counted for one virtual server: its listener and its HTTP connection manager.
@SuppressWarnings("EnumOrdinal") // the order is the layout of the counters, in memory only
public enum ServerMetric implements Metric {
    LISTENER_CX_ACTIVE(Scope.LISTENER, "downstream_cx_active", true),
    LISTENER_CX_TOTAL(Scope.LISTENER, "downstream_cx_total", false),
    LISTENER_CX_DESTROY(Scope.LISTENER, "downstream_cx_destroy", false),
    LISTENER_CX_OVERFLOW(Scope.LISTENER, "downstream_cx_overflow", false),
    LISTENER_SSL_HANDSHAKE(Scope.LISTENER, "ssl_handshake", false),
    LISTENER_SSL_CONNECTION_ERROR(Scope.LISTENER, "ssl_connection_error", false),
    LISTENER_SSL_SESSION_REUSED(Scope.LISTENER, "ssl_session_reused", false),
    LISTENER_SSL_TLS12(Scope.LISTENER, "ssl_versions_TLSv1.2", false),
    LISTENER_SSL_TLS13(Scope.LISTENER, "ssl_versions_TLSv1.3", false),
    CX_ACTIVE(Scope.HTTP, "downstream_cx_active", true),
    CX_TOTAL(Scope.HTTP, "downstream_cx_total", false),
    CX_HTTP1_TOTAL(Scope.HTTP, "downstream_cx_http1_total", false),
    CX_HTTP1_ACTIVE(Scope.HTTP, "downstream_cx_http1_active", true),
    CX_SSL_ACTIVE(Scope.HTTP, "downstream_cx_ssl_active", true),
    CX_SSL_TOTAL(Scope.HTTP, "downstream_cx_ssl_total", false),
    CX_UPGRADES_ACTIVE(Scope.HTTP, "downstream_cx_upgrades_active", true),
    CX_UPGRADES_TOTAL(Scope.HTTP, "downstream_cx_upgrades_total", false),
    CX_RX_BYTES_TOTAL(Scope.HTTP, "downstream_cx_rx_bytes_total", false),
    CX_TX_BYTES_TOTAL(Scope.HTTP, "downstream_cx_tx_bytes_total", false),
    CX_PROTOCOL_ERROR(Scope.HTTP, "downstream_cx_protocol_error", false),
    CX_IDLE_TIMEOUT(Scope.HTTP, "downstream_cx_idle_timeout", false),
    CX_DRAIN_CLOSE(Scope.HTTP, "downstream_cx_drain_close", false),
    CX_DESTROY_REMOTE_ACTIVE_RQ(Scope.HTTP, "downstream_cx_destroy_remote_active_rq", false),
    RQ_ACTIVE(Scope.HTTP, "downstream_rq_active", true),
    RQ_TOTAL(Scope.HTTP, "downstream_rq_total", false),
    RQ_COMPLETED(Scope.HTTP, "downstream_rq_completed", false),
    RQ_1XX(Scope.HTTP, "downstream_rq_1xx", false),
    RQ_2XX(Scope.HTTP, "downstream_rq_2xx", false),
    RQ_3XX(Scope.HTTP, "downstream_rq_3xx", false),
    RQ_4XX(Scope.HTTP, "downstream_rq_4xx", false),
    RQ_5XX(Scope.HTTP, "downstream_rq_5xx", false),
    RQ_RX_RESET(Scope.HTTP, "downstream_rq_rx_reset", false),
    RQ_TX_RESET(Scope.HTTP, "downstream_rq_tx_reset", false),
    RQ_TIMEOUT(Scope.HTTP, "downstream_rq_timeout", false),
    RQ_HEADER_TIMEOUT(Scope.HTTP, "downstream_rq_header_timeout", false),
    RQ_IDLE_TIMEOUT(Scope.HTTP, "downstream_rq_idle_timeout", false),
    RQ_NON_RELATIVE_PATH(Scope.HTTP, "downstream_rq_non_relative_path", false),
    RQ_TOO_LARGE(Scope.HTTP, "downstream_rq_too_large", false),
    RQ_WS_ON_NON_WS_ROUTE(Scope.HTTP, "downstream_rq_ws_on_non_ws_route", false),
    NO_ROUTE(Scope.HTTP, "no_route", false),
    NO_CLUSTER(Scope.HTTP, "no_cluster", false),
    RQ_DIRECT_RESPONSE(Scope.HTTP, "rq_direct_response", false),
    RQ_REDIRECT(Scope.HTTP, "rq_redirect", false);

    static final ServerMetric[] ALL = values();
    static final int HISTOGRAM = ALL.length;
    static final int COUNTERS = HISTOGRAM + Histogram.SLOTS;

    private final Scope scope;
    private final String stat;
    private final boolean gauge;

    ServerMetric(Scope scope, String stat, boolean gauge) {
        this.scope = scope;
        this.stat = stat;
        this.gauge = gauge;
    }

    @Override
    public Scope scope() {
        return scope;
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
