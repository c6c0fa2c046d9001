package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `weir serve` or `weir agent` as a real process.
record Program(Process process, Path log) implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /// Starts a program and waits until it has said this.
    static Program start(Path directory, String ready, String... words) throws Exception {
        Program program = launch(directory, words);
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline && program.process.isAlive()) {
            if (program.said().contains(ready)) {
                return program;
            }
            Thread.sleep(50);
        }
        program.process.destroyForcibly();
        throw new IOException(words[0] + " did not become ready; it said:\n" + program.said());
    }

    /// Starts a program that is expected to refuse; answers what it said, after it ended.
    static Lab.Refusal refused(Path directory, String... words) throws Exception {
        Program program = launch(directory, words);
        boolean ended = program.process.waitFor(30, TimeUnit.SECONDS);
        program.process.destroyForcibly();
        assertThat(ended).as("%s ends by itself", words[0]).isTrue();
        return new Lab.Refusal(program.process.exitValue(), program.said());
    }

    private static Program launch(Path directory, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.weir.bundle.Weir"));
        command.addAll(List.of(words));
        Path log = Files.createTempFile(directory, words[0], ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("WEIR_") && !name.equals("WEIR_ENVOY"));
        return new Program(builder.start(), log);
    }

    /// What it has printed so far.
    String said() throws IOException {
        return Files.readString(log);
    }

    /// Ends it as Ctrl-C does.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
