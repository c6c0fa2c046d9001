package dev.weir.benchmarks;

import dev.weir.agent.snmp.SnmpAgent;
import dev.weir.agent.snmp.SnmpAgentSettings;
import dev.weir.agent.stats.UpTime;
import dev.weir.model.Secret;
import dev.weir.snmp.AgentScalars;
import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.OperState;
import dev.weir.snmp.SnmpSecurity;
import dev.weir.snmp.VirtualServerRow;
import dev.weir.snmp.VirtualServerStats;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Our agent in a process of its own, with as many rows as asked for, until its input ends.
final class SnmpWalkAgent {
    static final String COMMUNITY = "public";
    static final String USER = "bench";
    static final String PASSPHRASE = "bench-passphrase";

    private SnmpWalkAgent() {}

    /// Prints the port. Arguments: the number of rows, a directory for the state.
    public static void main(String[] arguments) throws Exception {
        MibSnapshot snapshot = snapshot(Integer.parseInt(arguments[0]));
        Secret passphrase = new Secret(PASSPHRASE);
        SnmpAgentSettings settings =
                new SnmpAgentSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(new SnmpSecurity.User(USER, passphrase, passphrase)),
                        new Secret(COMMUNITY),
                        Path.of(arguments[1]),
                        "Weir",
                        SnmpAgentSettings.DEFAULT_REQUESTS_PER_SECOND);
        try (SnmpAgent agent =
                SnmpAgent.start(settings, () -> snapshot, UpTime.starting(System::nanoTime))) {
            System.out.println(agent.port());
            while (System.in.read() >= 0) {
                // until the benchmark closes it
            }
        }
    }

    private static MibSnapshot snapshot(int rows) {
        return new MibSnapshot(
                new AgentScalars(
                        "0.1.0",
                        "",
                        AgentScalars.Scope.NODE,
                        "bench",
                        "n1",
                        OperState.UP,
                        "1",
                        null,
                        new AgentScalars.Scrape(1000, 0, 0),
                        new AgentScalars.Counts(rows, 0, 0),
                        0,
                        0,
                        AgentScalars.Totals.NONE),
                IntStream.rangeClosed(1, rows).mapToObj(SnmpWalkAgent::row).toList(),
                IntStream.rangeClosed(1, rows)
                        .mapToObj(index -> VirtualServerStats.none(index, 0))
                        .toList(),
                () -> 0);
    }

    private static VirtualServerRow row(int index) {
        return new VirtualServerRow(
                index,
                "virtual-server-" + index,
                "00000000-0000-0000-0000-%012d".formatted(index),
                VirtualServerRow.Type.HTTP,
                "10.0.0.1",
                8080,
                VirtualServerRow.AdminState.ENABLED,
                OperState.UP,
                "",
                100,
                1,
                new VirtualServerRow.Targets(2, 2),
                "1");
    }
}
