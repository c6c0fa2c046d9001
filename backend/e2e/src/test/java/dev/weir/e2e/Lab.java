package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ReadyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The whole bundle as a real process on loopback, started as `weir lab --headless` starts it.
final class Lab implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /// The launcher's own flags, so that what is measured here is what a user gets.
    private static final Path LAUNCH =
            Path.of("..", "bundle", "src", "main", "launch", "lab.args").toAbsolutePath();

    private final Process process;
    private final Path log;
    private final Path readyFile;
    private final ReadyFile ready;

    private Lab(Process process, Path log, Path readyFile, ReadyFile ready) {
        this.process = process;
        this.log = log;
        this.readyFile = readyFile;
        this.ready = ready;
    }

    /// Starts a lab and waits until all of it serves.
    static Lab start(Path directory, String... options) throws Exception {
        Path readyFile = directory.resolve("ready.json");
        Path log = directory.resolve("lab-" + System.nanoTime() + ".log");
        Process process = launch(directory, readyFile, log, options);
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Optional<ReadyFile> ready = ReadyFile.read(readyFile);
            if (ready.isPresent() && ready.get().pid() == process.pid()) {
                return new Lab(process, log, readyFile, ready.get());
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IOException(
                "lab did not become ready; its last words:\n" + Files.readString(log));
    }

    /// Starts a lab that is expected to refuse; answers what it said, after it ended.
    static Refusal refused(Path directory, String... options) throws Exception {
        Path log = directory.resolve("refused-" + System.nanoTime() + ".log");
        Process process = launch(directory, directory.resolve("refused.json"), log, options);
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("the second process ends by itself").isTrue();
        return new Refusal(process.exitValue(), Files.readString(log));
    }

    /// What a process said that refused to start.
    record Refusal(int exitCode, String output) {}

    private static Process launch(Path directory, Path readyFile, Path log, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "@" + LAUNCH,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.weir.bundle.Weir",
                        "lab",
                        "--headless",
                        "--ready-file",
                        readyFile.toString()));
        List<String> given = List.of(options);
        if (!given.contains("--data")) {
            command.addAll(List.of("--data", directory.resolve("data").toString()));
        }
        command.addAll(given);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    ReadyFile ready() {
        return ready;
    }

    /// Where it tells its clients about itself.
    Path readyFile() {
        return readyFile;
    }

    long pid() {
        return process.pid();
    }

    /// What the process has printed so far.
    String log() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Ends the process as `kill -9` does, without any chance to tidy up.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /// Ends the process as Ctrl-C does; answers how long that took.
    Duration stop() throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("lab ends on SIGTERM").isTrue();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
