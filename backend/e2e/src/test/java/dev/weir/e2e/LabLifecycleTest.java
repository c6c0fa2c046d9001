package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ReadyFile;

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
    @TempDir Path directory;

    @Test
    void endsWithinThreeSecondsAndTakesItsReadyFileAlong() throws Exception {
        try (Lab lab = Lab.start(directory, "--traffic", "gentle")) {
            assertThat(lab.stop()).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(ReadyFile.read(directory.resolve("ready.json"))).isEmpty();
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
