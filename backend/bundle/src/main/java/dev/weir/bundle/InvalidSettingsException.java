package dev.weir.bundle;

import java.util.List;

/// The settings were refused; holds every problem of all their sources.
final class InvalidSettingsException extends Exception {
    private static final long serialVersionUID = 1;
    private final List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
