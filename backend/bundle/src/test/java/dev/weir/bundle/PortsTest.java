package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;

class PortsTest {
    @TempDir private Path folder;

    @Test
    void areTheSameAtTheNextStart() throws Exception {
        Path file = folder.resolve("ports.json");
        Ports first = Ports.choose(file, 0);
        assertThat(new HashSet<>(first.byDoor().values())).hasSameSizeAs(Door.values());
        Ports second = Ports.choose(file, 0);
        assertThat(second.byDoor()).isEqualTo(first.byDoor());
        assertThat(second.hasMoved(Door.SHOP, first.of(Door.SHOP))).isFalse();
    }

    @Test
    void moveOutOfTheWayOfAnotherProgram() throws Exception {
        Path file = folder.resolve("ports.json");
        int before = Ports.choose(file, 0).of(Door.SHOP);
        try (ServerSocket other =
                new ServerSocket(before, 1, InetAddress.ofLiteral(HostPort.LOOPBACK))) {
            Ports second = Ports.choose(file, 0);
            assertThat(second.of(Door.SHOP)).isNotEqualTo(other.getLocalPort());
            assertThat(second.hasMoved(Door.SHOP, before)).isTrue();
            assertThat(second.hasMoved(Door.SHOP, before + 1)).isFalse();
        }
    }

    @Test
    void refuseARowWithAPortInUse() throws Exception {
        try (ServerSocket other =
                new ServerSocket(0, 1, InetAddress.ofLiteral(HostPort.LOOPBACK))) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> Ports.choose(folder.resolve("ports.json"), port))
                    .isInstanceOf(StartException.class)
                    .hasMessage(
                            "port %d: is in use, so the lab's admin cannot listen there; stop its owner or choose another --port-base"
                                    .formatted(port));
        }
    }

    @Test
    void areChosenAgainWhereTheirFileIsDamaged() throws Exception {
        Path file = Files.writeString(folder.resolve("ports.json"), "{\"admin\": ");
        assertThat(Ports.choose(file, 0).of(Door.ADMIN)).isPositive();
    }
}
