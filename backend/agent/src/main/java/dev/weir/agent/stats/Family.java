package dev.weir.agent.stats;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/// The metrics that are read, by Envoy's names, which both engines speak.
enum Family {
    CONNECTIONS_ACTIVE("listener_downstream_cx_active", Slot.CURRENT_CONNECTIONS),
    CONNECTIONS("listener_downstream_cx_total", Slot.CONNECTIONS),
    OVERFLOW("listener_downstream_cx_overflow", Slot.REJECTED),
    OVERLOAD("listener_downstream_cx_overload_reject", Slot.REJECTED),
    GLOBAL_OVERFLOW("listener_downstream_global_cx_overflow", Slot.REJECTED),
    NO_MATCH("listener_no_filter_chain_match", Slot.REJECTED),
    HANDSHAKES("listener_ssl_handshake", Slot.HANDSHAKES),
    TLS_ERROR("listener_ssl_connection_error", Slot.TLS_ERRORS),
    TLS_NO_CERTIFICATE("listener_ssl_fail_verify_no_cert", Slot.TLS_ERRORS),
    TLS_BAD_CERTIFICATE("listener_ssl_fail_verify_error", Slot.TLS_ERRORS),
    TLS_BAD_NAME("listener_ssl_fail_verify_san", Slot.TLS_ERRORS),
    TLS_BAD_HASH("listener_ssl_fail_verify_cert_hash", Slot.TLS_ERRORS),
    REQUESTS_ACTIVE("http_downstream_rq_active", Slot.CURRENT_REQUESTS),
    REQUESTS("http_downstream_rq_total", Slot.REQUESTS),
    /// One series for each class of status, told apart by a label.
    RESPONSES("http_downstream_rq_xx", null),
    RESETS_RECEIVED("http_downstream_rq_rx_reset", Slot.RESETS),
    RESETS_SENT("http_downstream_rq_tx_reset", Slot.RESETS),
    TIMEOUTS("http_downstream_rq_timeout", Slot.TIMEOUTS),
    IDLE_TIMEOUTS("http_downstream_rq_idle_timeout", Slot.TIMEOUTS),
    OCTETS_IN("http_downstream_cx_rx_bytes_total", Slot.OCTETS_IN),
    OCTETS_OUT("http_downstream_cx_tx_bytes_total", Slot.OCTETS_OUT),
    TIME_BUCKET("http_downstream_rq_time_bucket", null),
    TIME_SUM("http_downstream_rq_time_sum", null),
    TIME_COUNT("http_downstream_rq_time_count", Slot.LATENCY_COUNT),
    MEMBERS_HEALTHY("cluster_membership_healthy", null);

    /// Envoy's names of the listener, connection manager and cluster statistics above, as its
    /// `filter` parameter and its `stats_matcher` see them: the object's name comes before the last
    /// word, and a response class is written out.
    static final String ENVOY_STATS =
            "^(listener\\.vs_[0-9]+\\.|http\\.vs_[0-9]+\\.|cluster\\.tg_[0-9]+\\.)("
                    + Stream.of(
                                    "downstream_cx_(active|total|overflow|overload_reject)",
                                    "downstream_global_cx_overflow",
                                    "no_filter_chain_match",
                                    "ssl\\.(handshake|connection_error|fail_verify_.*)",
                                    "downstream_rq_(active|total|[1-5]xx|rx_reset|tx_reset)",
                                    "downstream_rq_(timeout|idle_timeout|time)",
                                    "downstream_cx_(rx|tx)_bytes_total",
                                    "membership_healthy")
                            .collect(joining("|"))
                    + ")$";

    static final List<Family> ALL = List.of(values());

    private static final String PREFIX = "envoy_";

    final String metric;

    /// Where values of the family are added, or null where it needs more than that.
    final @Nullable Slot slot;

    Family(String suffix, @Nullable Slot slot) {
        this.metric = PREFIX + suffix;
        this.slot = slot;
    }
}
