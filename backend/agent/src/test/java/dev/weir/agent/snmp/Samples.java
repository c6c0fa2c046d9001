package dev.weir.agent.snmp;

import dev.weir.snmp.AgentScalars;
import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.OperState;
import dev.weir.snmp.VirtualServerRow;
import dev.weir.snmp.VirtualServerStats;

import java.util.ArrayList;
import java.util.List;

/// Snapshots with rows of distinct numbers.
final class Samples {
    private Samples() {}

    static MibSnapshot snapshot(int... indexes) {
        List<VirtualServerRow> rows = new ArrayList<>();
        List<VirtualServerStats> stats = new ArrayList<>();
        for (int index : indexes) {
            rows.add(row(index));
            stats.add(stats(index));
        }
        AgentScalars scalars =
                new AgentScalars(
                        "0.1.0",
                        "envoy 1.40.0",
                        AgentScalars.Scope.NODE,
                        "shop",
                        "n1",
                        OperState.UP,
                        "42",
                        null,
                        new AgentScalars.Scrape(1000, 0, 0),
                        new AgentScalars.Counts(indexes.length, 1, 2),
                        5,
                        0,
                        AgentScalars.Totals.NONE);
        return new MibSnapshot(scalars, rows, stats, () -> 0);
    }

    private static VirtualServerRow row(int index) {
        return new VirtualServerRow(
                index,
                "vs-" + index,
                "00000000-0000-0000-0000-%012d".formatted(index),
                VirtualServerRow.Type.HTTP,
                "127.0.0.1",
                8000 + index,
                VirtualServerRow.AdminState.ENABLED,
                OperState.UP,
                "",
                5,
                4,
                new VirtualServerRow.Targets(2, 2),
                "41");
    }

    private static VirtualServerStats stats(int index) {
        long n = index * 1000L;
        return new VirtualServerStats(
                index,
                new VirtualServerStats.Connections(n + 1, n + 2, n + 3, n + 4, n + 5),
                new VirtualServerStats.Requests(n + 6, -n - 1, n + 8, n + 9, n + 10),
                new VirtualServerStats.Responses(n + 11, n + 12, n + 13, n + 14, n + 15, 16),
                new VirtualServerStats.Octets(n + 17, n + 18, n + 19, n + 20),
                new VirtualServerStats.Tls(n + 21, n + 22, n + 23),
                new VirtualServerStats.Latency(n + 24, n + 25, n + 26, n + 27, n + 28, n + 29, n),
                0,
                n + 31);
    }
}
