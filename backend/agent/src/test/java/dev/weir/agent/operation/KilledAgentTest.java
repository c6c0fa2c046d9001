package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// An agent killed in the middle of a download leaves nothing that could be taken for a result.
final class KilledAgentTest {
    @TempDir private Path directory;

    @Test
    void listsNothingAndKnowsNothingOfWhatItWasDoing() throws Exception {
        CountDownLatch halfSent = new CountDownLatch(1);
        try (FaultyServer server =
                FaultyServer.plain(out -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    out.write(Profiles.packed());
                    out.flush();
                    halfSent.countDown();
                    Thread.sleep(Duration.ofMinutes(1));
                })) {
            Process agent = Children.java(Agent.class, directory.toString(), server.url());
            try {
                halfSent.await();
                awaitPartial();
            } finally {
                agent.destroyForcibly().waitFor();
            }
        }
        try (LocalOperations again = open(directory)) {
            assertThat(again.observe("run")).isEmpty();
        }
        Path artifacts = directory.resolve("artifacts");
        try (Stream<Path> files = Files.walk(artifacts)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private void awaitPartial() throws Exception {
        Path partial = directory.resolve("artifacts").resolve("partial");
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (bytes(partial) == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private static long bytes(Path partial) throws IOException {
        try (Stream<Path> files = Files.list(partial)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static LocalOperations open(Path directory) throws IOException {
        return LocalOperations.open(
                directory,
                LocalOperations.Settings.defaults(),
                new EmbeddedProxyProfiler("self"),
                InstantSource.system());
    }

    /// Downloads until it is killed.
    static final class Agent {
        private Agent() {}

        public static void main(String[] arguments) throws Exception {
            try (LocalOperations operations = open(Path.of(arguments[0]))) {
                operations.start(
                        new OperationRunner.Request(
                                "run",
                                Operation.Type.GO_PROFILE,
                                Map.of("url", arguments[1], "profile", "heap"),
                                Duration.ofMinutes(1),
                                null));
                Thread.sleep(Duration.ofMinutes(1));
            }
        }
    }
}
