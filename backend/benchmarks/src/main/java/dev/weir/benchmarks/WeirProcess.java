package dev.weir.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One `weir` command as a process of its own, with the JVM's flags that the launcher gives it.
record WeirProcess(Process process, Path log) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /// Starts a command; the working directory must be the repository, which holds the flags.
    static WeirProcess start(Path log, String command, List<String> options) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("@" + Path.of("backend", "bundle", "src", "main", "launch", command + ".args"));
        String more = System.getenv("WEIR_JAVA_OPTIONS");
        if (more != null) {
            line.addAll(List.of(more.strip().split("\\s+", -1)));
        }
        line.addAll(List.of("-cp", absoluteClassPath(), "dev.weir.bundle.Weir", command));
        line.addAll(options);
        return new WeirProcess(
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                log);
    }

    /// Fails with the process's last words where it has ended.
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("weir ended; its last words:\n" + Files.readString(log));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
