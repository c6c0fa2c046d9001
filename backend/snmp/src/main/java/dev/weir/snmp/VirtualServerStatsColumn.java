package dev.weir.snmp;

import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

import java.util.function.Function;

/// A column of `weirVsStatsTable`.
public enum VirtualServerStatsColumn implements MibObject {
    CURRENT_CONNECTIONS(1, "weirVsCurConns", value -> Values.gauge(value.connections().current())),
    PEAK_CONNECTIONS(2, "weirVsPeakConns", value -> Values.gauge(value.connections().peak())),
    CONNECTIONS(3, "weirVsTotConns", value -> Values.counter(value.connections().total())),
    REJECTED_CONNECTIONS(
            4, "weirVsRejectedConns", value -> Values.counter(value.connections().rejected())),
    CURRENT_REQUESTS(5, "weirVsCurReqs", value -> Values.gauge(value.requests().current())),
    REQUESTS(6, "weirVsTotReqs", value -> Values.counter(value.requests().total())),
    OCTETS_IN(7, "weirVsOctetsIn", value -> Values.counter(value.octets().in())),
    OCTETS_OUT(8, "weirVsOctetsOut", value -> Values.counter(value.octets().out())),
    INFORMATIONAL(9, "weirVsRsp1xx", value -> Values.counter(value.responses().informational())),
    SUCCESSFUL(10, "weirVsRsp2xx", value -> Values.counter(value.responses().successful())),
    REDIRECTION(11, "weirVsRsp3xx", value -> Values.counter(value.responses().redirection())),
    CLIENT_ERROR(12, "weirVsRsp4xx", value -> Values.counter(value.responses().clientError())),
    SERVER_ERROR(13, "weirVsRsp5xx", value -> Values.counter(value.responses().serverError())),
    RESETS(14, "weirVsReqResets", value -> Values.counter(value.requests().resets())),
    TIMEOUTS(15, "weirVsReqTimeouts", value -> Values.counter(value.requests().timeouts())),
    TLS_HANDSHAKES(16, "weirVsTlsHandshakes", value -> Values.counter(value.tls().handshakes())),
    TLS_ERRORS(17, "weirVsTlsErrors", value -> Values.counter(value.tls().errors())),
    CONNECTIONS_PER_SECOND(18, "weirVsCps", value -> Values.gauge(value.connections().perSecond())),
    REQUESTS_PER_SECOND(19, "weirVsRps", value -> Values.gauge(value.requests().perSecond())),
    KILOBITS_IN_PER_SECOND(
            20, "weirVsKbpsIn", value -> Values.gauge(value.octets().kilobitsInPerSecond())),
    KILOBITS_OUT_PER_SECOND(
            21, "weirVsKbpsOut", value -> Values.gauge(value.octets().kilobitsOutPerSecond())),
    ERROR_RATIO(22, "weirVsErrorRatio", value -> Values.gauge(value.responses().errorRatio())),
    HANDSHAKES_PER_SECOND(
            23, "weirVsTlsHps", value -> Values.gauge(value.tls().handshakesPerSecond())),
    LATENCY_P50(24, "weirVsLatP50", value -> Values.gauge(value.latency().p50())),
    LATENCY_P90(25, "weirVsLatP90", value -> Values.gauge(value.latency().p90())),
    LATENCY_P95(26, "weirVsLatP95", value -> Values.gauge(value.latency().p95())),
    LATENCY_P99(27, "weirVsLatP99", value -> Values.gauge(value.latency().p99())),
    LATENCY_MAX(28, "weirVsLatMax", value -> Values.gauge(value.latency().max())),
    LATENCY_COUNT(29, "weirVsLatCount", value -> Values.counter(value.latency().count())),
    LATENCY_SUM(30, "weirVsLatSum", value -> Values.counter(value.latency().sum())),
    DATA_AGE(31, "weirVsDataAge", value -> Values.gauge(value.dataAgeMillis())),
    DISCONTINUITY(32, "weirVsDiscontinuityTime", value -> Values.ticks(value.discontinuity()));

    private final int id;
    private final String mibName;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Function<VirtualServerStats, Variable> value;

    VirtualServerStatsColumn(int id, String mibName, Function<VirtualServerStats, Variable> value) {
        this.id = id;
        this.mibName = mibName;
        this.value = value;
    }

    @Override
    public String mibName() {
        return mibName;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public OID parent() {
        return WeirMib.VIRTUAL_SERVER_STATS_ENTRY;
    }

    Variable value(VirtualServerStats of) {
        return value.apply(of);
    }

    static VirtualServerStats read(int index, Cells<VirtualServerStatsColumn> cells) {
        return new VirtualServerStats(
                index,
                new VirtualServerStats.Connections(
                        cells.number(CURRENT_CONNECTIONS),
                        cells.number(PEAK_CONNECTIONS),
                        cells.number(CONNECTIONS),
                        cells.number(REJECTED_CONNECTIONS),
                        cells.number(CONNECTIONS_PER_SECOND)),
                new VirtualServerStats.Requests(
                        cells.number(CURRENT_REQUESTS),
                        cells.number(REQUESTS),
                        cells.number(RESETS),
                        cells.number(TIMEOUTS),
                        cells.number(REQUESTS_PER_SECOND)),
                new VirtualServerStats.Responses(
                        cells.number(INFORMATIONAL),
                        cells.number(SUCCESSFUL),
                        cells.number(REDIRECTION),
                        cells.number(CLIENT_ERROR),
                        cells.number(SERVER_ERROR),
                        cells.integer(ERROR_RATIO)),
                new VirtualServerStats.Octets(
                        cells.number(OCTETS_IN),
                        cells.number(OCTETS_OUT),
                        cells.number(KILOBITS_IN_PER_SECOND),
                        cells.number(KILOBITS_OUT_PER_SECOND)),
                new VirtualServerStats.Tls(
                        cells.number(TLS_HANDSHAKES),
                        cells.number(TLS_ERRORS),
                        cells.number(HANDSHAKES_PER_SECOND)),
                latency(cells),
                cells.number(DATA_AGE),
                cells.number(DISCONTINUITY));
    }

    private static VirtualServerStats.Latency latency(Cells<VirtualServerStatsColumn> cells) {
        return new VirtualServerStats.Latency(
                cells.number(LATENCY_P50),
                cells.number(LATENCY_P90),
                cells.number(LATENCY_P95),
                cells.number(LATENCY_P99),
                cells.number(LATENCY_MAX),
                cells.number(LATENCY_COUNT),
                cells.number(LATENCY_SUM));
    }
}
