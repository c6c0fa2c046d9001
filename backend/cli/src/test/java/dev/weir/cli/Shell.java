package dev.weir.cli;

import dev.weir.model.Secret;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// Somebody who types commands, what they read, and what they are asked for.
final class Shell {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Queue<String> secrets = new ArrayDeque<>();
    private final List<String> prompts = new ArrayList<>();
    private final Path home;
    private String input = "";

    Shell(Path home) {
        this.home = home;
    }

    /// What standard input holds from now on.
    void pipe(String text) {
        input = text;
    }

    /// What is typed at the next prompts; there is no terminal where nothing is left.
    void whisper(String... answers) {
        secrets.addAll(List.of(answers));
    }

    /// The exit code; what was printed before is forgotten.
    int run(Map<String, String> environment, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        prompts.clear();
        CommandLine line =
                WeirControl.commandLine(
                        new Surroundings(
                                environment,
                                home,
                                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                                this::answer,
                                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                                duration -> {}));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    String output() {
        return out.toString();
    }

    String errors() {
        return err.toString();
    }

    List<String> prompts() {
        return List.copyOf(prompts);
    }

    private Optional<Secret> answer(String words) {
        prompts.add(words);
        return Optional.ofNullable(secrets.poll()).map(Secret::new);
    }
}
