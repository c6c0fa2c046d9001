package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;

/// What the store keeps, lists and removes.
final class ArtifactStoreTest {
    @TempDir private Path directory;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void keepsBytesUnderTheirHash() throws Exception {
        ArtifactStore store = store(1000);
        Diagnosis.Artifact artifact = put(store, "hello");
        String expected =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest("hello".getBytes(StandardCharsets.UTF_8)));
        assertThat(artifact).isEqualTo(new Diagnosis.Artifact("name-of-it", expected, 5, "pprof"));
        try (InputStream bytes = store.open(expected).orElseThrow()) {
            assertThat(bytes.readAllBytes()).asString().isEqualTo("hello");
        }
        assertThat(store(1000).list()).containsExactly(expected);
    }

    @Test
    void answersNothingForWhatIsNoHash() throws Exception {
        assertThat(store(1000).open("../runs/x")).isEmpty();
    }

    @Test
    void boundsAndCleansNames() throws Exception {
        ArtifactStore store = store(1000);
        try (ArtifactDraft draft = store.begin()) {
            assertThat(draft.commit("../a b/" + "x".repeat(200) + ".pb.gz", "pprof").name())
                    .hasSize(100)
                    .matches("[A-Za-z0-9._-]+")
                    .endsWith(".pb.gz");
        }
    }

    @Test
    void neitherListsNorKeepsWhatWasNotCommitted() throws Exception {
        ArtifactStore store = store(1000);
        try (ArtifactDraft draft = store.begin()) {
            draft.write(new byte[10], 0, 10);
            assertThat(store.list()).isEmpty();
            assertThat(store.bytes()).isEqualTo(10);
        }
        assertThat(store.bytes()).isZero();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void countsTheSameBytesOnce() throws Exception {
        ArtifactStore store = store(1000);
        put(store, "same");
        put(store, "same");
        assertThat(store.list()).hasSize(1);
        assertThat(store.bytes()).isEqualTo(4);
    }

    @Test
    void givesUpTheLeastRecentlyUsedFirst() throws Exception {
        ArtifactStore store = store(10);
        String first = put(store, "aaaa").sha256();
        String second = put(store, "bbbb").sha256();
        store.open(first).orElseThrow().close();
        tick();
        String third = put(store, "cccc").sha256();
        assertThat(store.list()).containsExactlyInAnyOrder(first, third).doesNotContain(second);
        assertThat(store.bytes()).isEqualTo(8);
    }

    @Test
    void remembersOverARestartWhatWasUsedLast() throws Exception {
        ArtifactStore store = store(10);
        String first = put(store, "aaaa").sha256();
        String second = put(store, "bbbb").sha256();
        store.open(first).orElseThrow().close();
        ArtifactStore again = store(4);
        assertThat(again.list()).containsExactly(first).doesNotContain(second);
    }

    @Test
    void neverRemovesWhatIsBeingRead() throws Exception {
        ArtifactStore store = store(10);
        String read = put(store, "aaaaaa").sha256();
        try (InputStream bytes = store.open(read).orElseThrow()) {
            assertThatThrownBy(() -> put(store, "bbbbbb"))
                    .isInstanceOfSatisfying(
                            OperationFailedException.class,
                            failure ->
                                    assertThat(failure.reason())
                                            .isEqualTo(FailureReason.QUOTA_EXCEEDED));
            assertThat(bytes.readAllBytes()).hasSize(6);
        }
        assertThat(store.bytes()).isEqualTo(6);
        String next = put(store, "bbbbbb").sha256();
        assertThat(store.list()).containsExactly(next);
    }

    @Test
    void forgetsWhatWasNotUsedForLong() throws Exception {
        ArtifactStore store = store(1000);
        String old = put(store, "old").sha256();
        now = now.plus(Duration.ofDays(2));
        String young = put(store, "young").sha256();
        store.collect();
        assertThat(store.list()).containsExactly(young).doesNotContain(old);
    }

    @Test
    void showsNothingOfADownloadThatWasKilled() throws Exception {
        Process child = Children.java(KilledWriter.class, directory.toString());
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("writing");
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (Stream<Path> leftovers = Files.list(directory.resolve("partial"))) {
            assertThat(leftovers).hasSize(1);
        }
        ArtifactStore store = store(1 << 20);
        assertThat(store.list()).isEmpty();
        assertThat(store.bytes()).isZero();
        try (Stream<Path> leftovers = Files.list(directory.resolve("partial"))) {
            assertThat(leftovers).isEmpty();
        }
    }

    /// Writes half an artifact and then waits to be killed.
    static final class KilledWriter {
        private KilledWriter() {}

        public static void main(String[] arguments) throws Exception {
            ArtifactStore store =
                    new ArtifactStore(
                            Path.of(arguments[0]),
                            new ArtifactStore.Limits(1 << 20, Duration.ofDays(1)),
                            java.time.InstantSource.system());
            try (ArtifactDraft draft = store.begin()) {
                draft.write(new byte[1000], 0, 1000);
                System.out.println("writing");
                Thread.sleep(Duration.ofMinutes(1));
            }
        }
    }

    private ArtifactStore store(long bytes) throws IOException {
        return new ArtifactStore(
                directory, new ArtifactStore.Limits(bytes, Duration.ofDays(1)), () -> now);
    }

    private Diagnosis.Artifact put(ArtifactStore store, String text) throws Exception {
        tick();
        try (ArtifactDraft draft = store.begin()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            draft.write(bytes, 0, bytes.length);
            return draft.commit("name of it", "pprof");
        } finally {
            tick();
        }
    }

    private void tick() {
        now = now.plusSeconds(1);
    }
}
