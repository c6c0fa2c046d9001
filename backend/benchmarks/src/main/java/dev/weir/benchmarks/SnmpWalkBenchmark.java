package dev.weir.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Our agent against Net-SNMP's snmpd: `snmpbulkwalk` of a table of 10,000 rows, in turns.
///
/// snmpd serves what it can without code of ours: `ipAddressTable` of a network namespace with
/// 10,000 addresses, 9 readable columns, from its C code and cache. Ours is `weirVsTable`, 14
/// columns. Figures are for one binding. Needs root, Linux, and the Debian packages snmp and snmpd.
public final class SnmpWalkBenchmark {
    private static final int ROWS = 10_000;
    private static final int WALKS = 2;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;
    private static final String IP_CIDR_ROUTE_TABLE = ".1.3.6.1.2.1.4.24.4";
    private static final String WEIR_VS_TABLE = ".1.3.6.1.4.1.32473.1947.1.3.1";

    private record Round(WalkedAgent.Cost ours, WalkedAgent.Cost theirs) {}

    private SnmpWalkBenchmark() {}

    /// Prints one table for each version of SNMP that the arguments name, for both without
    /// arguments.
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("snmp-walk");
        try (NetworkNamespace namespace = new NetworkNamespace(ROWS)) {
            WalkedAgent ours = ours(namespace, directory);
            WalkedAgent theirs = theirs(namespace, directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ours, theirs)));
            try {
                for (WalkedAgent.Version version : versions(arguments)) {
                    measure(namespace, version, ours, theirs);
                }
            } finally {
                stop(ours, theirs);
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void stop(WalkedAgent ours, WalkedAgent theirs) {
        ours.process().destroy();
        theirs.process().destroy();
    }

    private static List<WalkedAgent.Version> versions(String[] arguments) {
        return arguments.length == 0
                ? List.of(WalkedAgent.Version.values())
                : Stream.of(arguments).map(WalkedAgent.Version::valueOf).toList();
    }

    private static void measure(
            NetworkNamespace namespace,
            WalkedAgent.Version version,
            WalkedAgent ours,
            WalkedAgent theirs)
            throws Exception {
        ours.walk(namespace, version, WARM_UP * WALKS);
        theirs.walk(namespace, version, WARM_UP);
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                WalkedAgent.Cost first = ours.walk(namespace, version, WALKS);
                rounds.add(new Round(first, theirs.walk(namespace, version, WALKS)));
            } else {
                WalkedAgent.Cost first = theirs.walk(namespace, version, WALKS);
                rounds.add(new Round(ours.walk(namespace, version, WALKS), first));
            }
        }
        Round one = rounds.getFirst();
        System.out.printf(
                "%n%s, -Cr50, %d rounds of %d walks; bindings of a walk: %d ours, %d snmpd%n",
                version, ROUNDS, WALKS, one.ours.bindings() / WALKS, one.theirs.bindings() / WALKS);
        System.out.println("| µs for one binding | Weir | snmpd | ratio |");
        System.out.println("|---|---|---|---|");
        row("agent CPU", rounds, WalkedAgent.Cost::agentMicros);
        row("client CPU", rounds, WalkedAgent.Cost::clientMicros);
        row("wall", rounds, WalkedAgent.Cost::wallMicros);
    }

    private static void row(
            String name, List<Round> rounds, ToDoubleFunction<WalkedAgent.Cost> figure) {
        System.out.printf(
                "| %s | %s | %s | %s |%n",
                name,
                spread(rounds.stream().map(round -> figure.applyAsDouble(round.ours)).toList()),
                spread(rounds.stream().map(round -> figure.applyAsDouble(round.theirs)).toList()),
                spread(
                        rounds.stream()
                                .map(round ->
                                        figure.applyAsDouble(round.ours)
                                                / figure.applyAsDouble(round.theirs))
                                .toList()));
    }

    /// The median, and the least and greatest.
    private static String spread(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return "%.2f (%.2f–%.2f)"
                .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }

    private static WalkedAgent ours(NetworkNamespace namespace, Path directory) throws IOException {
        Process process =
                namespace.start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SnmpWalkAgent.class.getName(),
                                Integer.toString(ROWS),
                                directory.resolve("state").toString()),
                        ProcessBuilder.Redirect.INHERIT);
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new WalkedAgent("Weir", process, Integer.parseInt(output.readLine()), WEIR_VS_TABLE);
    }

    private static WalkedAgent theirs(NetworkNamespace namespace, Path directory)
            throws IOException {
        int port = 1610; // free: the namespace is new and ours asked for any port
        Path configuration =
                Files.writeString(
                        directory.resolve("snmpd.conf"),
                        """
                        rocommunity %s 127.0.0.1
                        createUser %s SHA-256 %s AES %s
                        rouser %s priv
                        """
                                .formatted(
                                        SnmpWalkAgent.COMMUNITY,
                                        SnmpWalkAgent.USER,
                                        SnmpWalkAgent.PASSPHRASE,
                                        SnmpWalkAgent.PASSPHRASE,
                                        SnmpWalkAgent.USER));
        List<String> command =
                List.of(
                        "env",
                        "SNMP_PERSISTENT_DIR=" + directory,
                        "snmpd",
                        "-f",
                        "-Lf",
                        directory.resolve("snmpd.log").toString(),
                        "-C",
                        "-c",
                        configuration.toString(),
                        "udp:127.0.0.1:" + port);
        return new WalkedAgent(
                "snmpd",
                namespace.start(command, ProcessBuilder.Redirect.INHERIT),
                port,
                IP_CIDR_ROUTE_TABLE);
    }
}
