package dev.weir.snmp;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Rows with a different number in every cell.
final class Samples {
    private Samples() {}

    static AgentScalars scalars() {
        return new AgentScalars(
                "0.1.0",
                "envoy 1.40.0",
                AgentScalars.Scope.NODE,
                "shop",
                "n1",
                OperState.UP,
                "42",
                Instant.parse("2026-11-23T19:30:01.500Z"),
                new AgentScalars.Scrape(1000, 250, 3),
                new AgentScalars.Counts(2, 3, 5),
                700,
                100,
                new AgentScalars.Totals(1, 2, 3, -4, 5, 6, 7, 8, 9, 10, 11, 12));
    }

    static VirtualServerRow row(int index, String name) {
        return new VirtualServerRow(
                index,
                name,
                "00000000-0000-0000-0000-%012d".formatted(index),
                VirtualServerRow.Type.HTTPS,
                index % 2 == 0 ? "192.0.2.7" : "2001:db8:0:0:0:0:0:7",
                8443,
                VirtualServerRow.AdminState.ENABLED,
                OperState.DEGRADED,
                "1 of 2 targets is down",
                900,
                4,
                new VirtualServerRow.Targets(1, 2),
                "41");
    }

    static VirtualServerStats stats(int index) {
        long n = index * 100L;
        return new VirtualServerStats(
                index,
                new VirtualServerStats.Connections(n + 1, n + 2, n + 3, n + 4, n + 5),
                new VirtualServerStats.Requests(n + 6, -n - 7, n + 8, n + 9, n + 10),
                new VirtualServerStats.Responses(n + 11, n + 12, n + 13, n + 14, n + 15, 16),
                new VirtualServerStats.Octets(n + 17, n + 18, n + 19, n + 20),
                new VirtualServerStats.Tls(n + 21, n + 22, n + 23),
                new VirtualServerStats.Latency(n + 24, n + 25, n + 26, n + 27, n + 28, n + 29, n),
                n + 30,
                n + 31);
    }

    static MibSnapshot snapshot(int... indexes) {
        List<VirtualServerRow> rows =
                IntStream.of(indexes).mapToObj(index -> row(index, "vs-" + index)).toList();
        List<VirtualServerStats> stats = IntStream.of(indexes).mapToObj(Samples::stats).toList();
        return new MibSnapshot(scalars(), rows, stats, () -> 0);
    }
}
