package dev.weir.console.connect;

import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Keeps tokens in the operating system's key store, by the program that it brings: `secret-tool`
/// (libsecret) on Linux, `security` (Keychain) on macOS.
final class KeyStoreCommand implements TokenStore {
    private static final int SECONDS = 20;

    private final Dialect dialect;

    /// How each system's program is spoken to.
    enum Dialect {
        SECRET_TOOL,
        SECURITY
    }

    KeyStoreCommand(Dialect dialect) {
        this.dialect = dialect;
    }

    /// Whether the program is there and its key store answers.
    boolean works() {
        try {
            return switch (dialect) {
                case SECRET_TOOL -> run(null, "secret-tool", "search", "application", "weir").ok();
                case SECURITY -> run(null, "security", "default-keychain").ok();
            };
        } catch (IOException absent) {
            return false;
        }
    }

    @Override
    public Optional<Secret> find(String profile) throws IOException {
        Answer answer =
                switch (dialect) {
                    case SECRET_TOOL ->
                            run(
                                    null,
                                    "secret-tool",
                                    "lookup",
                                    "application",
                                    "weir",
                                    "profile",
                                    profile);
                    case SECURITY ->
                            run(
                                    null,
                                    "security",
                                    "find-generic-password",
                                    "-s",
                                    "weir",
                                    "-a",
                                    profile,
                                    "-w");
                };
        return answer.ok() && !answer.output().isBlank()
                ? Optional.of(new Secret(answer.output().strip()))
                : Optional.empty();
    }

    @Override
    public void keep(String profile, Secret token) throws IOException {
        Answer answer =
                switch (dialect) {
                    case SECRET_TOOL ->
                            run(
                                    token.reveal(),
                                    "secret-tool",
                                    "store",
                                    "--label",
                                    "Weir " + profile,
                                    "application",
                                    "weir",
                                    "profile",
                                    profile);
                    // read from the input, because arguments are seen by every process
                    case SECURITY ->
                            run(
                                    "add-generic-password -U -s weir -a \"%s\" -w \"%s\"\n"
                                            .formatted(profile, token.reveal()),
                                    "security",
                                    "-i");
                };
        if (!answer.ok()) {
            throw new IOException(
                    "token of "
                            + profile
                            + ": the key store refused it ("
                            + answer.output().strip()
                            + "); unlock the key store and try again");
        }
    }

    @Override
    public void forget(String profile) throws IOException {
        switch (dialect) {
            case SECRET_TOOL ->
                    run(null, "secret-tool", "clear", "application", "weir", "profile", profile);
            case SECURITY ->
                    run(null, "security", "delete-generic-password", "-s", "weir", "-a", profile);
        }
    }

    private record Answer(boolean ok, String output) {}

    private static Answer run(@Nullable String input, String... command) throws IOException {
        Process process =
                new ProcessBuilder(new ArrayList<>(List.of(command)))
                        .redirectErrorStream(true)
                        .start();
        try {
            try (var toProcess = process.getOutputStream()) {
                if (input != null) {
                    toProcess.write(input.getBytes(StandardCharsets.UTF_8));
                }
            }
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer(false, "no answer in " + SECONDS + " s");
            }
            return new Answer(process.exitValue() == 0, output);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("key store: interrupted", interrupted);
        }
    }
}
