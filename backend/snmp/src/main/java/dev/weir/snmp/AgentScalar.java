package dev.weir.snmp;

import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

import java.util.function.Function;

/// A scalar of the agent.
public enum AgentScalar implements MibObject {
    AGENT_VERSION(1, "weirAgentVersion", value -> Values.text(value.agentVersion(), 255)),
    ENGINE_VERSION(2, "weirEngineVersion", value -> Values.text(value.engineVersion(), 255)),
    SCOPE(3, "weirAgentScope", value -> Values.integer(value.scope().number())),
    CLUSTER(4, "weirClusterName", value -> Values.text(value.cluster(), 64)),
    NODE(5, "weirNodeName", value -> Values.text(value.node(), 64)),
    STATE(6, "weirAgentState", value -> Values.integer(value.state().number())),
    CONFIG_VERSION(7, "weirConfigVersion", value -> Values.text(value.configVersion(), 255)),
    CONFIG_LAST_APPLIED(
            8, "weirConfigLastApplied", value -> Values.date(value.configLastApplied())),
    SCRAPE_INTERVAL(
            9, "weirScrapeInterval", value -> Values.unsigned(value.scrape().intervalMillis())),
    SCRAPE_AGE(10, "weirScrapeAge", value -> Values.gauge(value.scrape().ageMillis())),
    SCRAPE_FAILURES(11, "weirScrapeFailures", value -> Values.counter(value.scrape().failures())),
    VIRTUAL_SERVERS(12, "weirVsNumber", value -> Values.gauge(value.counts().virtualServers())),
    TARGET_GROUPS(13, "weirTgNumber", value -> Values.gauge(value.counts().targetGroups())),
    TARGETS(14, "weirTargetNumber", value -> Values.gauge(value.counts().targets())),
    TABLE_LAST_CHANGE(15, "weirVsTableLastChange", value -> Values.ticks(value.tableLastChange())),
    DISCONTINUITY(17, "weirCounterDiscontinuityTime", value -> Values.ticks(value.discontinuity())),
    CURRENT_CONNECTIONS(
            18, "weirTotalCurConns", value -> Values.gauge(value.totals().currentConnections())),
    CURRENT_REQUESTS(
            19, "weirTotalCurReqs", value -> Values.gauge(value.totals().currentRequests())),
    CONNECTIONS(20, "weirTotalConns", value -> Values.counter(value.totals().connections())),
    REQUESTS(21, "weirTotalReqs", value -> Values.counter(value.totals().requests())),
    OCTETS_IN(22, "weirTotalOctetsIn", value -> Values.counter(value.totals().octetsIn())),
    OCTETS_OUT(23, "weirTotalOctetsOut", value -> Values.counter(value.totals().octetsOut())),
    TLS_HANDSHAKES(
            24, "weirTotalTlsHandshakes", value -> Values.counter(value.totals().tlsHandshakes())),
    SERVER_ERRORS(25, "weirTotalHttp5xx", value -> Values.counter(value.totals().serverErrors())),
    CONNECTIONS_PER_SECOND(
            26, "weirTotalCps", value -> Values.gauge(value.totals().connectionsPerSecond())),
    REQUESTS_PER_SECOND(
            27, "weirTotalRps", value -> Values.gauge(value.totals().requestsPerSecond())),
    KILOBITS_IN_PER_SECOND(
            28, "weirTotalKbpsIn", value -> Values.gauge(value.totals().kilobitsInPerSecond())),
    KILOBITS_OUT_PER_SECOND(
            29, "weirTotalKbpsOut", value -> Values.gauge(value.totals().kilobitsOutPerSecond()));

    private final int id;
    private final String mibName;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Function<AgentScalars, Variable> value;

    AgentScalar(int id, String mibName, Function<AgentScalars, Variable> value) {
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
        return WeirMib.AGENT;
    }

    Variable value(AgentScalars of) {
        return value.apply(of);
    }

    static AgentScalars read(Cells<AgentScalar> cells) {
        return new AgentScalars(
                cells.text(AGENT_VERSION),
                cells.text(ENGINE_VERSION),
                Numbered.of(AgentScalars.Scope.values(), cells.integer(SCOPE)),
                cells.text(CLUSTER),
                cells.text(NODE),
                Numbered.of(OperState.values(), cells.integer(STATE)),
                cells.text(CONFIG_VERSION),
                Values.date(cells.octets(CONFIG_LAST_APPLIED)),
                new AgentScalars.Scrape(
                        cells.number(SCRAPE_INTERVAL),
                        cells.number(SCRAPE_AGE),
                        cells.number(SCRAPE_FAILURES)),
                new AgentScalars.Counts(
                        cells.number(VIRTUAL_SERVERS),
                        cells.number(TARGET_GROUPS),
                        cells.number(TARGETS)),
                cells.number(TABLE_LAST_CHANGE),
                cells.number(DISCONTINUITY),
                new AgentScalars.Totals(
                        cells.number(CURRENT_CONNECTIONS),
                        cells.number(CURRENT_REQUESTS),
                        cells.number(CONNECTIONS),
                        cells.number(REQUESTS),
                        cells.number(OCTETS_IN),
                        cells.number(OCTETS_OUT),
                        cells.number(TLS_HANDSHAKES),
                        cells.number(SERVER_ERRORS),
                        cells.number(CONNECTIONS_PER_SECOND),
                        cells.number(REQUESTS_PER_SECOND),
                        cells.number(KILOBITS_IN_PER_SECOND),
                        cells.number(KILOBITS_OUT_PER_SECOND)));
    }
}
