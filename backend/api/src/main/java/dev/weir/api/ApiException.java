package dev.weir.api;

import dev.weir.model.Problem;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// The server answered, and refused.
public final class ApiException extends IOException {
    private final transient ProblemDetails details;

    public ApiException(ProblemDetails details) {
        super(message(details));
        this.details = details;
    }

    public ProblemDetails details() {
        return details;
    }

    /// The HTTP status.
    public int status() {
        return details.status();
    }

    /// Each fault of the document that was sent.
    public List<Problem> errors() {
        return details.errors();
    }

    private static String message(ProblemDetails details) {
        if (details.errors().isEmpty()) {
            return details.detail();
        }
        return details.errors().stream()
                .map(error -> (error.path() + " " + error.message()).strip())
                .collect(Collectors.joining("; ", details.detail() + ": ", ""));
    }
}
