package dev.weir.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs a real program of the machine and answers what it printed.
final class Command {
    private Command() {}

    /// What a program printed and how it ended.
    record Result(int exitCode, String output, String errors) {}

    static Result run(Duration limit, List<String> command) throws Exception {
        Path output = Files.createTempFile("weir-e2e", ".out");
        Path errors = Files.createTempFile("weir-e2e", ".err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        String.join(" ", command)
                                + ": still runs after "
                                + limit
                                + "\n"
                                + Files.readString(errors));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /// Skips the test where the program is absent, except in CI, where that fails it.
    static String required(String program) {
        for (String directory : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError(program + " is not on the path; .ci/run installs it");
        }
        Assumptions.abort(program + " is not installed on this machine");
        throw new AssertionError("unreachable");
    }
}
