package dev.weir.agent.supervise;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of Envoy: from its start to its end.
final class EnvoyProcess {
    private static final Duration KILLED_AFTER = Duration.ofSeconds(2);

    private final Process process;
    private final Path adminFile;
    private final RotatingLog log;

    private EnvoyProcess(Process process, Path adminFile, RotatingLog log) {
        this.process = process;
        this.adminFile = adminFile;
        this.log = log;
    }

    /// Starts the program.
    ///
    /// @param bootstrap the file with its first configuration
    static EnvoyProcess start(Path binary, Path bootstrap, EnvoySettings settings, RotatingLog log)
            throws EngineException {
        Path adminFile = settings.directory().resolve("admin-address");
        try {
            Files.deleteIfExists(adminFile);
            Process process =
                    new ProcessBuilder(
                                    List.of(
                                            binary.toString(),
                                            "--config-path",
                                            bootstrap.toString(),
                                            "--admin-address-path",
                                            adminFile.toString(),
                                            "--use-dynamic-base-id",
                                            "--concurrency",
                                            Integer.toString(settings.concurrency()),
                                            "--drain-time-s",
                                            Long.toString(
                                                    Math.max(1, settings.drain().toSeconds())),
                                            "--log-level",
                                            "warning"))
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            Thread.ofVirtual().name("envoy-log").start(() -> log.copy(process.getInputStream()));
            return new EnvoyProcess(process, adminFile, log);
        } catch (IOException failed) {
            throw new EngineException(
                    "envoy " + binary + ": cannot be started (" + failed.getMessage() + ")",
                    failed);
        }
    }

    long pid() {
        return process.pid();
    }

    /// Waits for the admin door.
    ///
    /// @throws EngineException where Envoy ends before, or takes too long, with its last lines
    URI awaitAdmin(Duration patience) throws EngineException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            URI admin = admin();
            if (admin != null) {
                return admin;
            }
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                throw new EngineException(
                        "envoy: ended with code %d before it answered; its last lines:\n%s"
                                .formatted(process.exitValue(), settledLog()));
            }
        }
        throw new EngineException(
                "envoy: no admin door within %d s; its last lines:\n%s"
                        .formatted(patience.toSeconds(), log.lastLines()));
    }

    /// Waits for the end and returns the exit code.
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Asks the process to end, and makes it end when it does not.
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(KILLED_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable URI admin() {
        try {
            String address = Files.readString(adminFile).strip();
            return address.isEmpty() ? null : URI.create("http://" + address);
        } catch (IOException notYet) {
            return null;
        }
    }

    /// The last lines come through a pipe and may be a moment late.
    private String settledLog() throws InterruptedException {
        for (int i = 0; i < 50 && log.lastLines().isEmpty(); i++) {
            Thread.sleep(10);
        }
        return log.lastLines();
    }
}
