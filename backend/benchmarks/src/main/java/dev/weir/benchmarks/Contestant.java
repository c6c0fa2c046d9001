package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program under load in a process of its own.
///
/// @param port where it serves on loopback
record Contestant(String name, int port, Process process) implements AutoCloseable {
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final long MICROS_PER_TICK = 10_000;

    /// Starts the command pinned to one processor, its output into a file of the directory.
    static Contestant start(
            String name, int port, int processor, Path directory, List<String> command)
            throws IOException {
        List<String> pinned = new java.util.ArrayList<>();
        pinned.addAll(List.of("taskset", "-c", Integer.toString(processor)));
        pinned.addAll(command);
        Process process =
                new ProcessBuilder(pinned)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve(name + ".log").toFile())
                        .start();
        return new Contestant(name, port, process);
    }

    /// User and system time of the whole process so far, in microseconds (proc(5), `stat`).
    long cpuMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return MICROS_PER_TICK
                * (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
