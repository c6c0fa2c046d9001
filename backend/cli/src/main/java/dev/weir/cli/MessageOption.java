package dev.weir.cli;

import picocli.CommandLine.Option;

/// Why a user does what a command does.
final class MessageOption {
    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "Why; kept with what the command makes.")
    private String text = "";

    /// Empty where the user gave none.
    String text() {
        return text;
    }
}
