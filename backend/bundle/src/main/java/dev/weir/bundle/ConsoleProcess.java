package dev.weir.bundle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The console as a process of its own, so that the lab stays small and survives it.
final class ConsoleProcess implements AutoCloseable {
    private static final long END_MILLIS = 500;

    private final Process process;

    private ConsoleProcess(Process process) {
        this.process = process;
    }

    /// Opens the console on a lab, or answers why it cannot be opened here.
    ///
    /// @param distribution the launcher's directory, with `lib`, `fx` and `launch`
    static ConsoleProcess open(Path distribution, Path readyFile, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(
                ProcessHandle.current()
                        .info()
                        .command()
                        .orElse(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString()));
        command.add("@" + distribution.resolve("launch").resolve("console.args"));
        command.addAll(List.of("-p", distribution.resolve("fx").toString()));
        command.addAll(List.of("-cp", distribution.resolve("lib") + File.separator + "*"));
        command.addAll(
                List.of("dev.weir.bundle.Weir", "console", "--ready-file", readyFile.toString()));
        return new ConsoleProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /// Why no console can be opened here, or empty where one can.
    static Optional<String> obstacle(Map<String, String> environment, String distribution) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean display =
                system.contains("windows")
                        || system.contains("mac")
                        || !environment.getOrDefault("DISPLAY", "").isEmpty()
                        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        if (!display) {
            return Optional.of("there is no display");
        }
        if (distribution.isEmpty() || !Files.isDirectory(Path.of(distribution).resolve("fx"))) {
            return Optional.of("the lab was not started by ./weir");
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
