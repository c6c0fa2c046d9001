package dev.weir.console.session;

import dev.weir.model.Problem;

import java.util.List;

/// The admin server refused a request or could not be asked.
public final class SessionException extends Exception {
    private final Reason reason;
    private final List<Problem> problems;

    /// What the operator can do about it differs by these.
    public enum Reason {
        UNREACHABLE,
        UNTRUSTED,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        INVALID,
        OTHER
    }

    public SessionException(Reason reason, String message, List<Problem> problems) {
        super(message);
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    public SessionException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.problems = List.of();
    }

    public Reason reason() {
        return reason;
    }

    /// The fields at fault, paths from the top of the document; empty where none is.
    public List<Problem> problems() {
        return problems;
    }
}
