package dev.weir.cli;

import picocli.CommandLine.Option;

import java.io.IOException;

/// The YAML file that a command reads.
final class SourceOption {
    private final Surroundings surroundings;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The file, or - for standard input.")
    private String file = "";

    SourceOption(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// @throws RefusedTextException where the text is no YAML, with the line
    SourceText read() throws IOException, RefusedTextException {
        return SourceText.read(surroundings, file);
    }
}
