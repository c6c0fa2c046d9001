package dev.weir.cli;

import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/// Where a command takes passwords from: standard input, a file, or the user, who does not see what
/// is typed. Never an argument, because the list of processes shows those to everybody.
///
/// Confined to the thread of its command.
final class PasswordSource {
    private final Surroundings surroundings;
    private @Nullable Iterator<String> lines;

    @Option(
            names = "--password-stdin",
            description = "Read from standard input, a line for each password.")
    private boolean input;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Read from this file, a line for each password; - for standard input; asked for"
                            + " where absent.")
    private @Nullable String file;

    PasswordSource(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// A password that the user has.
    ///
    /// @param called as the user is asked for it: `Password of eve`
    Secret known(String called) throws IOException, UsageException {
        return isWritten() ? line(called) : typed(called);
    }

    /// A password that the user chooses; who types it does so twice.
    Secret chosen(String called) throws IOException, UsageException {
        if (isWritten()) {
            return line(called);
        }
        Secret first = typed(called);
        if (!typed(called + ", once more").reveal().equals(first.reveal())) {
            throw new UsageException("the two passwords differ; nothing was changed");
        }
        return first;
    }

    private boolean isWritten() {
        return input || file != null;
    }

    private Secret typed(String called) throws UsageException {
        return surroundings
                .prompt()
                .ask(called + ": ")
                .orElseThrow(() ->
                        new UsageException(
                                "no terminal to ask for the password;"
                                        + " use --password-stdin or --password-file"));
    }

    private Secret line(String called) throws IOException, UsageException {
        if (input && file != null) {
            throw new UsageException("--password-stdin and --password-file: give one of them");
        }
        String source = file == null ? "-" : file;
        if (lines == null) {
            lines =
                    new String(surroundings.read(source), StandardCharsets.UTF_8)
                            .lines()
                            .iterator();
        }
        if (!lines.hasNext()) {
            throw new UsageException(
                    "%s: has no line left for the %s"
                            .formatted(
                                    source.equals("-") ? "standard input" : "file " + source,
                                    called.substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                                            + called.substring(1)));
        }
        return new Secret(lines.next());
    }
}
