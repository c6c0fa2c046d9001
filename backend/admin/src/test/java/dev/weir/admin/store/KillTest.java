package dev.weir.admin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.AuditEvent;
import dev.weir.model.Change;
import dev.weir.model.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

class KillTest {
    private static final int KILLS = 5;

    @TempDir Path directory;

    @Test
    void everyAcknowledgedRevisionIsThereAfterKills() throws Exception {
        Random random = new Random(9);
        Map<Long, String> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            commitUntilKilled(acknowledged, 20 + random.nextInt(60));
            check(acknowledged);
        }
        assertThat(acknowledged.size()).isGreaterThan(KILLS * 20);
    }

    /// Lets a program commit, kills it in the middle, and notes all that it had acknowledged.
    private void commitUntilKilled(Map<Long, String> acknowledged, int lines) throws Exception {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        CommittingProgram.class.getName(),
                                        directory.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            for (int read = 1; line != null; read++) {
                if (read == lines) {
                    process.toHandle().destroyForcibly(); // leaves what it said readable
                }
                note(acknowledged, line);
                line = output.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<Long> witnessed(Database database) {
        return new AuditLog(database)
                .newest(Long.MAX_VALUE, 100_000).items().reversed().stream()
                        .map(AuditEvent::after)
                        .toList();
    }

    /// A line that the kill cut short was not acknowledged.
    private static void note(Map<Long, String> acknowledged, String line) {
        if (line.matches("\\d+ \\d+-\\d+")) {
            String[] words = line.split(" ", 2);
            acknowledged.put(Long.valueOf(words[0]), words[1]);
        }
    }

    private void check(Map<Long, String> acknowledged) throws IOException {
        try (Database database = Database.sqlite(directory.resolve("weir.db"))) {
            Vault vault = Vault.open(directory.resolve("vault.key"), new SecureRandom());
            SqlRevisionStore store = new SqlRevisionStore(database, vault, ForeignAppends.NONE);
            RevisionStore.State state = store.load();
            Configuration lab = state.clusters().get("lab");
            UUID id = lab.cluster().metadata().id();
            acknowledged.forEach((number, count) -> {
                Change change = store.find(id, number).orElseThrow().changes().getFirst();
                assertThat(count).startsWith(change.after().labels().get("count"));
            });
            long newest = acknowledged.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
            assertThat(lab.revision()).isBetween(newest, newest + 1);
            assertThat(witnessed(database))
                    .as("every revision has its audit, and none is without its revision")
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, lab.revision()).boxed().toList());
        }
    }
}
