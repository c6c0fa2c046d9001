package dev.weir.cli;

import picocli.CommandLine.Option;

/// Whether a command only says what it would do.
final class DryRunOption {
    @Option(names = "--dry-run", description = "Only say what would happen.")
    private boolean set;

    boolean isSet() {
        return set;
    }
}
