package dev.weir.agent.stats;

import dev.weir.snmp.AgentScalars;
import dev.weir.snmp.VirtualServerStats;

import java.util.List;
import java.util.function.ToLongFunction;

/// Sums over the virtual servers of a node.
final class Totals {
    private Totals() {}

    static AgentScalars.Totals of(List<VirtualServerStats> stats) {
        return new AgentScalars.Totals(
                sum(stats, row -> row.connections().current()),
                sum(stats, row -> row.requests().current()),
                sum(stats, row -> row.connections().total()),
                sum(stats, row -> row.requests().total()),
                sum(stats, row -> row.octets().in()),
                sum(stats, row -> row.octets().out()),
                sum(stats, row -> row.tls().handshakes()),
                sum(stats, row -> row.responses().serverError()),
                sum(stats, row -> row.connections().perSecond()),
                sum(stats, row -> row.requests().perSecond()),
                sum(stats, row -> row.octets().kilobitsInPerSecond()),
                sum(stats, row -> row.octets().kilobitsOutPerSecond()));
    }

    private static long sum(
            List<VirtualServerStats> stats, ToLongFunction<VirtualServerStats> number) {
        return stats.stream().mapToLong(number).sum();
    }
}
