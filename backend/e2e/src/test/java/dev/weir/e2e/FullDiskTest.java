package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ApiException;
import dev.weir.api.PageQuery;
import dev.weir.api.RevisionSummary;
import dev.weir.model.RouteAction;
import dev.weir.model.VirtualServer;
import dev.weir.testkit.Tool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A lab whose data directory is on a disk that is really full: a file system of a few megabytes in
/// memory, filled to its last byte.
class FullDiskTest {
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final String SIZE = "48m";
    private static final int MOST_EDITS = 2_000;

    @TempDir Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createDirectory(directory.resolve("disk"));
        Tool.Result mounted =
                Tool.required("mount", "apt-get install mount")
                        .run("-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString());
        Assumptions.assumeTrue(
                mounted.exitCode() == 0, "this user may not mount: " + mounted.errors().strip());
    }

    @AfterEach
    void unmount() {
        Tool.required("umount", "apt-get install mount").run("-l", disk.toString());
    }

    @Test
    void refusesToStartInOneLine() throws Exception {
        fill();
        Lab.Refusal refusal = Lab.refused(directory, "--data", data(), "--traffic", "off");

        assertThat(refusal.exitCode()).isEqualTo(1);
        assertThat(refusal.output())
                .contains("weir: data directory", "its disk is full", "free some space")
                .doesNotContain("\tat ");
    }

    @Test
    void refusesEditsWhileItIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        int port = Site.freePort();
        int edits;
        try (Lab lab = Lab.start(directory, "--data", data(), "--traffic", "off");
                Site site = new Site(lab)) {
            site.put("victim", Site.redirecting(port, "/0"));
            Site.await("it serves", () -> site.get(port, "/").location().endsWith("/0"));
            fill();
            ApiException refused = null;
            for (edits = 0; refused == null && edits < MOST_EDITS; ) {
                try {
                    site.put("victim", Site.redirecting(port, "/" + (edits + 1)));
                    edits++;
                } catch (ApiException full) {
                    refused = full;
                }
            }
            assertThat(refused).as("the disk was full before %d edits", MOST_EDITS).isNotNull();
            assertThat(refused.status()).isEqualTo(INSUFFICIENT_STORAGE);
            assertThat(refused)
                    .hasMessageContaining("cannot be stored")
                    .hasMessageContaining("disk");
            String last = "/" + edits;
            assertThat(stored(site)).isEqualTo(last);
            Site.await("traffic goes on", () -> site.get(port, "/").location().endsWith(last));

            Files.delete(filler());
            site.put("victim", Site.redirecting(port, "/after"));
            Site.await("edits go on", () -> site.get(port, "/").location().endsWith("/after"));
            assertThat(lab.log()).contains("log file: cannot be written").doesNotContain("\tat ");
        }
        try (Lab lab = Lab.start(directory, "--data", data(), "--traffic", "off");
                Site site = new Site(lab)) {
            assertThat(stored(site)).isEqualTo("/after");
            List<RevisionSummary> newest =
                    site.client()
                            .revisions(Site.CLUSTER, new PageQuery(PageQuery.MAX_LIMIT, null, ""))
                            .items();
            assertThat(newest)
                    .as("no number is missing")
                    .extracting(RevisionSummary::number)
                    .isSortedAccordingTo((left, right) -> Long.compare(right, left))
                    .last()
                    .isIn(1L, newest.getFirst().number() - newest.size() + 1);
        }
    }

    private static String stored(Site site) throws IOException {
        VirtualServer victim =
                (VirtualServer)
                        site.client()
                                .get(Site.CLUSTER, dev.weir.model.Kind.VIRTUAL_SERVER, "victim")
                                .value()
                                .resource()
                                .spec();
        return ((RouteAction.Redirect) victim.rules().getFirst().action()).path();
    }

    private String data() {
        return disk.resolve("data").toString();
    }

    private Path filler() {
        return disk.resolve("filler");
    }

    /// Writes until the disk takes no byte more.
    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] block = new byte[64 * 1024];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
