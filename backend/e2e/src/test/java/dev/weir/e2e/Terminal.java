package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A shell in which somebody types `weirctl`: each command is a process of its own, as the launcher
/// starts it.
///
/// @param directory where files are and commands run
/// @param environment on top of this process's, without its own `WEIR_` variables
record Terminal(Path directory, Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A terminal on the machine of a lab.
    static Terminal of(Lab lab, Path directory) {
        return new Terminal(directory, Map.of("WEIR_LAB", lab.readyFile().toString()));
    }

    /// What a command wrote and how it ended.
    record Said(int exitCode, String output, String errors) {

        /// The output of a command that is done.
        String done() {
            assertThat(exitCode).as("%s%s", output, errors).isZero();
            assertThat(errors).isEmpty();
            return output;
        }

        JsonNode json() throws IOException {
            return JSON.readTree(done());
        }

        /// The errors of a command that ended with this code and no stack trace.
        String refused(int code) {
            assertThat(exitCode).as("%s%s", output, errors).isEqualTo(code);
            assertThat(errors).startsWith("weirctl: ").doesNotContain("\tat ", "Exception");
            return errors;
        }
    }

    /// A command under way.
    record Running(Process process, Path output, Path errors) implements AutoCloseable {
        String said() throws IOException {
            return Files.readString(output);
        }

        Said end() throws IOException, InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the command ends; so far it said: %s", said())
                    .isTrue();
            return new Said(process.exitValue(), said(), Files.readString(errors));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    Terminal with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Terminal(directory, Map.copyOf(more));
    }

    /// Types a command and waits for its end.
    Said type(String... words) throws IOException, InterruptedException {
        try (Running running = begin(words)) {
            return running.end();
        }
    }

    /// As [#type], with this text as the standard input.
    Said feed(String input, String... words) throws IOException, InterruptedException {
        Path file = Files.createTempFile(directory, "typed", ".in");
        Files.writeString(file, input);
        try (Running running = begin(ProcessBuilder.Redirect.from(file.toFile()), words)) {
            return running.end();
        }
    }

    /// Types a command that goes on.
    Running begin(String... words) throws IOException {
        return begin(ProcessBuilder.Redirect.from(new File("/dev/null")), words);
    }

    private Running begin(ProcessBuilder.Redirect input, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Xmx128m",
                                "-Duser.home=" + directory,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.weir.cli.WeirControl"));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(directory, "said", ".out");
        Path errors = Files.createTempFile(directory, "said", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectInput(input)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
        builder.environment().putAll(environment);
        return new Running(builder.start(), output, errors);
    }

    /// Writes a file beside the terminal; answers its name.
    String file(String name, String text) throws IOException {
        Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        return name;
    }
}
