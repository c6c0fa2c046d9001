package dev.weir.testkit;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A program of the machine that a test calls, such as `snmpwalk`.
///
/// @param command the program's file
/// @param environment variables set for it
public record Tool(Path command, Map<String, String> environment) {

    /// What a program wrote and how it ended.
    public record Result(int exitCode, String output, String errors) {
        public List<String> lines() {
            return output.lines().toList();
        }
    }

    /// The first program of that name on the `PATH`. Without it the calling test is skipped, and
    /// fails where `CI` is set.
    ///
    /// @param howToGet what to do where it is absent, such as `apt-get install snmp`
    public static Tool required(String name, String howToGet) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(file -> new Tool(file, Map.of()))
                .orElseThrow(() -> missing(name, howToGet));
    }

    /// Ends the calling test: skipped on a machine of one's own, failed where `CI` is set. Never
    /// returns; its result is there to be thrown.
    public static AssertionError missing(String name, String howToGet) {
        String reason = "no " + name + " on this machine: " + howToGet;
        if (System.getenv("CI") != null) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
        return new AssertionError(reason);
    }

    public Tool with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Tool(command, Map.copyOf(more));
    }

    /// Runs the program to its end.
    public Result run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        try {
            Path errors = Files.createTempFile("tool", ".err");
            try {
                Process process = builder.redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                String output =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(command + ": cannot be run", failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + ": interrupted", stop);
        }
    }
}
