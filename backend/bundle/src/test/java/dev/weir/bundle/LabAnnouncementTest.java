package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ReadyFile;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class LabAnnouncementTest {
    private static final ReadyFile READY =
            new ReadyFile(
                    1,
                    URI.create("https://127.0.0.1:1"),
                    "ca.pem",
                    "token",
                    "127.0.0.1:2",
                    new ReadyFile.Snmp("127.0.0.1:3", "public"),
                    new TreeMap<>(
                            Map.of(
                                    "pay", URI.create("https://127.0.0.1:4"),
                                    "shop-of-the-north", URI.create("http://127.0.0.1:5"))),
                    List.of(),
                    URI.create("http://127.0.0.1:6"));
    private static final Path HOME = Path.of("/home/eve/.weir/lab");

    @Test
    void alignsTheAddressesBehindTheLongestName() {
        assertThat(announcement(HOME).lines())
                .containsExactly(
                        "The lab is ready; its state is in " + HOME,
                        "  admin              https://127.0.0.1:1",
                        "  pay                https://127.0.0.1:4",
                        "  shop-of-the-north  http://127.0.0.1:5",
                        "  snmp               127.0.0.1:3 community public",
                        "  pprof              http://127.0.0.1:6/debug/pprof/",
                        "Ctrl-C ends it. In another terminal: ./weirctl get virtual-servers");
    }

    @Test
    void namesTheLabThatWeirctlWouldNotFind() {
        assertThat(announcement(Path.of("/tmp/my lab")).lines().getLast())
                .endsWith("get virtual-servers --lab \"/tmp/my lab/ready.json\"");
        assertThat(announcement(Path.of("/tmp/lab")).lines().getLast())
                .endsWith("get virtual-servers --lab /tmp/lab/ready.json");
    }

    private static LabAnnouncement announcement(Path data) {
        return new LabAnnouncement(READY, data, HOME.resolve("ready.json"));
    }
}
