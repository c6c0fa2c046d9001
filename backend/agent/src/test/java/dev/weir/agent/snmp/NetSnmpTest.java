package dev.weir.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.WeirMib;
import dev.weir.testkit.MibFiles;
import dev.weir.testkit.Tool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Net-SNMP, the manager that everybody has, sees what the snapshot says.
class NetSnmpTest {
    @TempDir Path state;
    @TempDir Path base;
    @TempDir Path work;
    private AgentFixture agent;

    @BeforeEach
    void start() throws IOException {
        MibFiles.baseModules(base);
        Files.createDirectory(work.resolve("cert_indexes")); // or the tools tell that they made it
        agent = new AgentFixture(state);
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void snmpwalkAndSnmpbulkwalkPrintTheSnapshot() {
        List<String> expected = expected(agent.snapshot.get());
        String root = "." + WeirMib.ROOT;
        assertThat(cells(v2c("snmpwalk", "-Onqt", root))).isEqualTo(expected);
        assertThat(cells(v2c("snmpbulkwalk", "-Onqt", "-Cr50", root))).isEqualTo(expected);
        assertThat(cells(v2c("snmpbulkwalk", "-Onqt", "-Cr7", root))).isEqualTo(expected);
        assertThat(cells(v3("snmpbulkwalk", "-Onqt", "-Cr50", root))).isEqualTo(expected);
    }

    @Test
    void aWalkFromTheTopOfTheTreeReachesTheEnd() {
        Tool.Result walk = v2c("snmpbulkwalk", "-Onqt", "-Cr50", ".1.3");
        assertThat(walk.errors()).isEmpty();
        assertThat(walk.lines()).containsAll(expected(agent.snapshot.get()));
    }

    @Test
    void snmptableShowsTheStatisticsByName() throws IOException {
        Tool.Result table =
                v2c("snmptable", "-OU", "-CB", "-Ci", "-Cf", ",", "WEIR-MIB::weirVsStatsTable");
        assertThat(table.errors()).isEmpty();
        List<String> lines = table.lines();
        assertThat(lines.get(2)).startsWith("index,weirVsCurConns,weirVsPeakConns,weirVsTotConns");
        assertThat(lines.get(3)).startsWith("3,3001,3002,3003,3004,3006,18446744073709548615,");
        assertThat(lines.get(4)).startsWith("7,7001,7002,7003,7004,7006,18446744073709544615,");
    }

    @Test
    void snmpgetFindsAVirtualServerByItsName() {
        assertThat(v3("snmpget", "-Oqv", "WEIR-MIB::weirVsNameIndex.'vs-7'").output().strip())
                .isEqualTo("7");
    }

    @Test
    void nobodyMayWrite() {
        Tool.Result set = v3("snmpset", "SNMPv2-MIB::sysName.0", "s", "mine");
        assertThat(set.exitCode()).isNotZero();
        assertThat(set.errors()).containsAnyOf("noAccess", "authorizationError");
        assertThat(v3("snmpset", "." + WeirMib.ROOT + ".1.3.1.1.2.3", "s", "mine").exitCode())
                .isNotZero();
    }

    @Test
    void lessThanAuthPrivIsRefused() {
        Tool.Result noPrivacy =
                tool("snmpget", false)
                        .run(
                                "-v3",
                                "-l",
                                "authNoPriv",
                                "-u",
                                "console",
                                "-a",
                                "SHA-256",
                                "-A",
                                "authentication1",
                                "-r0",
                                "127.0.0.1:" + agent.port(),
                                ".1.3.6.1.2.1.1.1.0");
        assertThat(noPrivacy.exitCode()).isNotZero();
        assertThat(noPrivacy.output()).doesNotContain("Weir");
    }

    @Test
    void aVirtualServerThatComesAndGoesAHundredTimesBreaksNoWalk() throws Exception {
        MibSnapshot with = Samples.snapshot(IntStream.rangeClosed(1, 60).toArray());
        MibSnapshot without =
                Samples.snapshot(
                        IntStream.rangeClosed(1, 60).filter(index -> index != 30).toArray());
        List<Tool.Result> walks = new CopyOnWriteArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> walkers = new ArrayList<>();
        for (String repetitions : List.of("-Cr50", "-Cr7")) {
            walkers.add(
                    Thread.startVirtualThread(() -> {
                        while (!enough.get()) {
                            walks.add(
                                    v2c("snmpbulkwalk", "-Onqt", repetitions, "." + WeirMib.ROOT));
                        }
                    }));
        }
        for (int change = 0; change < 200 || walks.size() < 10; change++) {
            agent.snapshot.set(change % 2 == 0 ? with : without);
            LockSupport.parkNanos(2_000_000);
        }
        enough.set(true);
        for (Thread walker : walkers) {
            walker.join();
        }
        assertThat(walks)
                .allSatisfy(walk -> {
                    assertThat(walk.exitCode()).isZero();
                    assertThat(walk.errors()).isEmpty();
                    assertThat(cells(walk)).hasSizeBetween(without.size(), with.size());
                });
    }

    /// The lines of a walk, without the one that says that there is no more.
    private static List<String> cells(Tool.Result walk) {
        return walk.lines().stream().filter(line -> !line.contains("No more variables")).toList();
    }

    /// Each cell as `-Onq` prints it.
    private static List<String> expected(MibSnapshot snapshot) {
        return IntStream.range(0, snapshot.size())
                .mapToObj(cell ->
                        ("." + snapshot.oid(cell) + " " + printed(snapshot.value(cell)))
                                .stripTrailing())
                .toList();
    }

    private static String printed(Variable value) {
        return switch (value) {
            case OctetString text when !text.isPrintable() || text.length() == 0 ->
                    text.length() == 0 ? "\"\"" : "\"" + hex(text) + " \"";
            case OctetString text -> "\"" + text + "\"";
            case TimeTicks ticks -> Long.toString(ticks.getValue());
            default -> value.toString();
        };
    }

    private static String hex(OctetString text) {
        return text.toHexString(' ').toUpperCase(Locale.ROOT);
    }

    private Tool.Result v2c(String name, String... arguments) {
        return run(name, List.of("-v2c", "-c", "public"), arguments);
    }

    private Tool.Result v3(String name, String... arguments) {
        return run(
                name,
                List.of(
                        "-v3",
                        "-l",
                        "authPriv",
                        "-u",
                        "console",
                        "-a",
                        "SHA-256",
                        "-A",
                        "authentication1",
                        "-x",
                        "AES",
                        "-X",
                        "privacy-phrase"),
                arguments);
    }

    private static boolean isOption(String argument) {
        return argument.startsWith("-") || argument.equals(",");
    }

    /// Options come before the address, objects after it.
    private Tool.Result run(String name, List<String> security, String... arguments) {
        List<String> line = new ArrayList<>(security);
        line.addAll(List.of("-t", "10", "-r", "2"));
        Stream.of(arguments).filter(NetSnmpTest::isOption).forEach(line::add);
        line.add("127.0.0.1:" + agent.port());
        Stream.of(arguments).filter(argument -> !isOption(argument)).forEach(line::add);
        return tool(name, Stream.of(arguments).anyMatch(argument -> argument.contains("::")))
                .run(line.toArray(String[]::new));
    }

    /// Objects are named where they are asked for by name, and numbers where they are not.
    private Tool tool(String name, boolean named) {
        return Tool.required(name, "apt-get install snmp")
                .with("MIBDIRS", base + ":" + MibFiles.WEIR_MIB.getParent())
                .with("MIBS", named ? "SNMPv2-MIB:WEIR-MIB" : "")
                .with("SNMP_PERSISTENT_DIR", work.toString());
    }
}
