package dev.weir.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.ConsoleHandler;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Where log records go: short lines to standard error, all of it to files that take turns.
final class Logs implements AutoCloseable {
    private static final int FILE_BYTES = 10 << 20;
    private static final int FILES = 5;

    /// Libraries whose everyday business is not the operator's.
    private static final List<String> QUIET =
            List.of("io.helidon", "io.grpc", "io.netty", "org.snmp4j", "org.flywaydb", "okhttp3");

    private final Handler file;
    private final Logger root;

    /// Held, because a logger that nobody holds forgets its level.
    private final List<Logger> quiet;

    private Logs(Handler file, Logger root, List<Logger> quiet) {
        this.file = file;
        this.quiet = quiet;
        this.root = root;
    }

    /// Must come before the first logger is asked for. Names the manager without touching it: its
    /// initialisation would already choose one.
    static void keepOpenToTheEnd() {
        System.setProperty("java.util.logging.manager", LateLogs.class.getName());
    }

    /// Short lines to standard error alone, from warnings on.
    static void toConsole(LogLevel level) {
        LateLogs.resetNow();
        Logger root = Logger.getLogger("");
        ConsoleHandler console = new ConsoleHandler();
        console.setLevel(level == LogLevel.ERROR ? Level.SEVERE : Level.WARNING);
        console.setFormatter(new LogFormat(false));
        root.addHandler(console);
        root.setLevel(level.level());
    }

    static Logs start(Path directory, LogLevel level) throws StartException {
        toConsole(level);
        Logger root = Logger.getLogger("");
        List<Logger> quiet = QUIET.stream().map(Logger::getLogger).toList();
        quiet.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            FileHandler file =
                    new FileHandler(
                            directory.resolve("weir.%g.log").toString(), FILE_BYTES, FILES, true);
            file.setFormatter(new LogFormat(true));
            file.setErrorManager(new OneLine());
            root.addHandler(file);
            return new Logs(file, root, quiet);
        } catch (IOException broken) {
            throw DataDirectory.unusable(directory, broken);
        }
    }

    /// Says once that the file cannot be written, such as on a full disk; the platform's own
    /// manager would print a stack trace.
    private static final class OneLine extends ErrorManager {
        private final AtomicBoolean said = new AtomicBoolean();

        @Override
        public void error(String message, Exception failed, int code) {
            if (said.compareAndSet(false, true)) {
                System.err.println(
                        "weir: log file: cannot be written (%s); what is logged now is lost"
                                .formatted(failed == null ? message : failed.getMessage()));
            }
        }
    }

    @Override
    public void close() {
        file.flush();
        root.removeHandler(file);
        file.close();
        quiet.forEach(logger -> logger.setLevel(null));
    }
}
