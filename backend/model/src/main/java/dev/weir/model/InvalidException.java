package dev.weir.model;

import java.util.List;
import java.util.stream.Collectors;

/// A document was refused; holds every problem found in it.
public final class InvalidException extends Exception {
    private final List<Problem> problems;

    public InvalidException(String object, List<Problem> problems) {
        super(
                object
                        + ": "
                        + problems.stream()
                                .map(problem -> problem.path() + " " + problem.message())
                                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
