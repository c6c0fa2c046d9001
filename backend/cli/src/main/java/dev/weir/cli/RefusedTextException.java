package dev.weir.cli;

import dev.weir.model.Problem;

import java.util.List;

/// What the user wrote was refused, here or by the server; knows the places in the user's text.
final class RefusedTextException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;
    private final ExitCode exitCode;

    RefusedTextException(String headline, List<Problem> problems, ExitCode exitCode) {
        super(headline);
        this.problems = List.copyOf(problems);
        this.exitCode = exitCode;
    }

    List<Problem> problems() {
        return problems;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
