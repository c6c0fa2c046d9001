package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An edit costs what it changes, not what is there: a loose bound that only a linear mistake
/// breaks; the benchmark measures.
class SpeedTest {
    private static final int SERVERS = 5000;

    @TempDir Path directory;

    @Test
    void editsStayQuickWithFiveThousandVirtualServers() throws Exception {
        try (RunningAdmin running = RunningAdmin.start(directory);
                WeirClient client = running.client()) {
            client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
            client.put("lab", Drafts.group("web"), WriteOptions.CREATE);
            fill(client);
            long[] millis = new long[60];
            for (int round = 0; round < millis.length; round++) {
                long start = System.nanoTime();
                client.setTargetState(
                        "lab",
                        "web",
                        "a",
                        round % 2 == 0 ? Target.AdminState.DRAIN : Target.AdminState.ENABLED);
                millis[round] = (System.nanoTime() - start) / 1_000_000;
            }
            Arrays.sort(millis);
            assertThat(millis[30]).as("median milliseconds").isLessThan(100);
        }
    }

    private static void fill(WeirClient client) throws Exception {
        for (int part = 0; part < 5; part++) {
            List<com.fasterxml.jackson.databind.JsonNode> documents = new ArrayList<>();
            for (int i = part * SERVERS / 5; i < (part + 1) * SERVERS / 5; i++) {
                documents.add(Codec.write(Drafts.server("vs-" + i, 10_000 + i, "web")));
            }
            client.apply("lab", Documents.toYaml(documents), false, "");
        }
    }
}
