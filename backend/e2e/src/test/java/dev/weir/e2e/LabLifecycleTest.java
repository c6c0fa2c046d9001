package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.api.ReadyFile;
import dev.weir.model.Kind;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;

/// A lab starts, says where it is, refuses clearly what cannot be, and ends at once.
class LabLifecycleTest {
    /// Compilers and first checks are done by then.
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final int WINDOWS = 6;

    @TempDir Path directory;

    @Test
    void endsWithinThreeSecondsAndTakesItsReadyFileAlong() throws Exception {
        try (Lab lab = Lab.start(directory, "--traffic", "gentle")) {
            assertThat(lab.stop()).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(ReadyFile.read(directory.resolve("ready.json"))).isEmpty();
    }

    @Test
    void findsItsStateAgainAtTheSecondStart() throws Exception {
        int port = Site.freePort();
        try (Lab lab = Lab.start(directory, "--traffic", "off");
                Site site = new Site(lab)) {
            site.put("kept", Site.http(port, "web"));
            site.client()
                    .setTargetState(
                            Site.CLUSTER, "payments", "payments-2", Target.AdminState.DRAIN);
            assertThat(lab.stop()).isLessThan(Duration.ofSeconds(3));
        }
        try (Lab lab = Lab.start(directory, "--traffic", "off");
                Site site = new Site(lab)) {
            Site.await("the virtual server serves", () -> site.get(port, "/").status() == 200);
            TargetGroup payments =
                    (TargetGroup)
                            site.client()
                                    .get(Site.CLUSTER, Kind.TARGET_GROUP, "payments")
                                    .value()
                                    .resource()
                                    .spec();
            assertThat(payments.targets())
                    .filteredOn(target -> target.name().equals("payments-2"))
                    .extracting(Target::adminState)
                    .containsExactly(Target.AdminState.DRAIN);
        }
    }

    @Test
    void idlesBelowFourHundredMegabytesAndThreePercentOfOneProcessor() throws Exception {
        assumeThat(Path.of("/proc/self/stat")).as("Linux tells what a process takes").exists();
        try (Lab lab = Lab.start(directory, "--traffic", "off")) {
            Thread.sleep(SETTLE);
            long mostBytes = 0;
            double share = 1;
            // neighbours on the machine make every instruction dearer, so the quietest window
            // counts
            for (int window = 0; window < WINDOWS && share >= 0.03; window++) {
                Usage before = Usage.of(lab.pid());
                long start = System.nanoTime();
                while (System.nanoTime() - start < IDLE.toNanos()) {
                    Thread.sleep(Duration.ofSeconds(1));
                    mostBytes = Math.max(mostBytes, Usage.of(lab.pid()).residentBytes());
                }
                Duration taken = Usage.of(lab.pid()).processor().minus(before.processor());
                share = Math.min(share, (double) taken.toNanos() / (System.nanoTime() - start));
            }

            assertThat(mostBytes).isLessThan(400L << 20);
            assertThat(share).isLessThan(0.03);
        }
    }

    /// What a process takes.
    ///
    /// @param processor user and system time since its start
    private record Usage(long residentBytes, Duration processor) {
        private static final long TICK_MILLIS = 10;
        private static final long PAGE = 4096;

        static Usage of(long pid) throws Exception {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // the name in parentheses may hold spaces; fields 14, 15 and 24 of proc_pid_stat(5)
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return new Usage(
                    Long.parseLong(fields[21]) * PAGE, Duration.ofMillis(ticks * TICK_MILLIS));
        }
    }

    @Test
    void saysWhereEverythingIs() throws Exception {
        try (Lab lab = Lab.start(directory, "--traffic", "off")) {
            ReadyFile ready = lab.ready();
            assertThat(ready.virtualServers()).containsOnlyKeys("shop", "pay");
            assertThat(ready.virtualServers().get("pay").getScheme()).isEqualTo("https");
            assertThat(Files.readString(Path.of(ready.ca()))).contains("BEGIN CERTIFICATE");
            Path token = Path.of(ready.tokenFile());
            assertThat(Files.readString(token).strip()).isNotEmpty();
            assertThat(Files.getPosixFilePermissions(token))
                    .isEqualTo(
                            Set.of(
                                    PosixFilePermission.OWNER_READ,
                                    PosixFilePermission.OWNER_WRITE));
            assertThat(ready.agents()).hasSize(1);
            assertThat(ready.snmp().address()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void refusesADataDirectoryThatAnotherProcessHolds() throws Exception {
        try (Lab lab = Lab.start(directory, "--traffic", "off")) {
            Lab.Refusal refusal = Lab.refused(directory, "--traffic", "off");

            assertThat(refusal.exitCode()).isNotZero();
            assertThat(refusal.output())
                    .contains(directory.resolve("data").toString())
                    .contains(Long.toString(lab.pid()))
                    .doesNotContain("\tat ");
            assertThat(lab.isAlive()).isTrue();
        }
    }

    @Test
    void refusesAPortInUseByItsNumber() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Lab.Refusal refusal =
                    Lab.refused(
                            directory,
                            "--traffic",
                            "off",
                            "--port-base",
                            Integer.toString(taken.getLocalPort()));

            assertThat(refusal.exitCode()).isNotZero();
            assertThat(refusal.output())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void refusesADataDirectoryThatIsAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("occupied"), "here first");

        Lab.Refusal refusal = Lab.refused(directory, "--data", file.toString());

        assertThat(refusal.exitCode()).isNotZero();
        assertThat(refusal.output()).contains(file.toString()).doesNotContain("\tat ");
        assertThat(Files.readString(file)).isEqualTo("here first");
    }
}
