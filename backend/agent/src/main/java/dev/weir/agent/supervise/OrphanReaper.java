package dev.weir.agent.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends the Envoy that an agent left behind when it was killed.
///
/// Envoy shares its ports (`SO_REUSEPORT`): an old one with an old configuration would go on taking
/// half of the connections.
final class OrphanReaper {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Path file;
    private final Path bootstrap;

    /// @param file holds the process id
    /// @param bootstrap is on the command line of our Envoy and of no other process
    OrphanReaper(Path file, Path bootstrap) {
        this.file = file;
        this.bootstrap = bootstrap;
    }

    void remember(long pid) throws IOException {
        Files.writeString(file, Long.toString(pid));
    }

    /// Ends the process of the file where it still runs and is ours.
    void reap() throws InterruptedException {
        Optional<ProcessHandle> orphan = orphan();
        if (orphan.isEmpty()) {
            return;
        }
        orphan.get().destroy();
        if (!ends(orphan.get())) {
            orphan.get().destroyForcibly();
            ends(orphan.get());
        }
    }

    private Optional<ProcessHandle> orphan() {
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> isOurs(handle.pid()));
        } catch (IOException | NumberFormatException noFile) {
            return Optional.empty();
        }
    }

    /// A process id is used again; the command line is not.
    private boolean isOurs(long pid) {
        String wanted = bootstrap.toString();
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains(wanted);
        } catch (IOException noProc) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().commandLine())
                    .filter(line -> line.contains(wanted))
                    .isPresent();
        }
    }

    private static boolean ends(ProcessHandle handle) throws InterruptedException {
        try {
            handle.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stillThere) {
            return false;
        }
    }
}
