package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The machine's Go, as the oracle of what a pprof profile says.
///
/// @param executable the `go` command
/// @param home where it keeps its build cache
public record GoTool(Path executable, Path home) {
    private static final Pattern TOP_ROW =
            Pattern.compile(
                    "\\s*(-?[\\d.]+)\\S*\\s+\\S+%\\s+\\S+%\\s+(-?[\\d.]+)\\S*\\s+\\S+%\\s+(.*)");

    /// Flat and cumulative cost in the unit that was asked for.
    public record Cost(long flat, long cum) {}

    /// Finds Go or skips the test; where CI is set, a missing Go is an error.
    public static GoTool require(Path home) {
        List<Path> places =
                Stream.concat(
                                Arrays.stream(
                                        System.getenv()
                                                .getOrDefault("PATH", "")
                                                .split(File.pathSeparator, -1)),
                                Stream.of("/usr/local/go/bin", "/usr/lib/go/bin"))
                        .map(dir -> Path.of(dir, "go"))
                        .filter(Files::isExecutable)
                        .toList();
        if (System.getenv("CI") != null) {
            assertThat(places).as("go must be installed where CI is set").isNotEmpty();
        }
        Assumptions.assumeFalse(places.isEmpty(), "go is not installed");
        return new GoTool(places.getFirst(), home);
    }

    /// Builds a program that needs nothing but the standard library.
    public void build(Path source, Path binary) throws IOException, InterruptedException {
        run(source, "build", "-o", binary.toString(), ".");
    }

    /// Every row of `go tool pprof -top` by function.
    ///
    /// @param sampleType as in `inuse_space`
    /// @param unit in which nothing is rounded: the one that the profile itself is in
    public Map<String, Cost> top(Path profile, String sampleType, String unit)
            throws IOException, InterruptedException {
        String text =
                run(
                        home,
                        "tool",
                        "pprof",
                        "-top",
                        "-nodecount=1000000",
                        "-nodefraction=0",
                        "-sample_index=" + sampleType,
                        "-unit=" + unit,
                        profile.toString());
        Map<String, Cost> rows = new HashMap<>();
        text.lines()
                .dropWhile(line -> !line.contains("flat%"))
                .skip(1)
                .map(TOP_ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row ->
                        rows.put(
                                row.group(3)
                                        .replace(" (inline)", "")
                                        .replace(" (partial-inline)", ""),
                                new Cost(
                                        Long.parseLong(row.group(1)),
                                        Long.parseLong(row.group(2)))));
        return rows;
    }

    private String run(Path directory, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.concat(Stream.of(executable.toString()), Arrays.stream(arguments))
                                .toList());
        builder.directory(directory.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "PPROF_TMPDIR",
                                home.resolve("pprof").toString(),
                                "GOTOOLCHAIN",
                                "local",
                                "GOFLAGS",
                                "-buildvcs=false",
                                "GOPROXY",
                                "off"));
        Path errors = Files.createTempFile(home, "go", ".log");
        Process process = builder.redirectError(errors.toFile()).start();
        String output =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return output;
    }
}
