package dev.weir.admin.resource;

import dev.weir.model.Problem;

import java.util.List;

/// A request cannot be fulfilled; carries what the answer must say.
public final class RefusedException extends Exception {
    private final transient Reason reason;
    private final transient List<Problem> errors;

    public RefusedException(Reason reason, String detail, List<Problem> errors) {
        super(detail);
        this.reason = reason;
        this.errors = List.copyOf(errors);
    }

    public RefusedException(Reason reason, String detail) {
        this(reason, detail, List.of());
    }

    public Reason reason() {
        return reason;
    }

    public List<Problem> errors() {
        return errors;
    }

    /// The sorts of refusal, each with its HTTP status.
    public enum Reason {
        BAD_REQUEST(400, "The request cannot be understood"),
        UNAUTHENTICATED(401, "Who is asking?"),
        FORBIDDEN(403, "Not allowed"),
        NOT_FOUND(404, "Not found"),
        METHOD_NOT_ALLOWED(405, "Method not allowed"),
        CONFLICT(409, "In conflict with what is there"),
        PRECONDITION_FAILED(412, "Changed by someone else"),
        TOO_LARGE(413, "Too large"),
        INVALID(422, "The document is not valid"),
        KEY_REUSED(422, "The key belongs to another request"),
        PRECONDITION_REQUIRED(428, "A precondition is required"),
        TOO_MANY_REQUESTS(429, "Too many requests"),
        INTERNAL(500, "Internal error"),
        UNAVAILABLE(503, "Not available"),
        STORAGE(507, "The store cannot write");

        private final int status;
        private final String title;

        Reason(int status, String title) {
            this.status = status;
            this.title = title;
        }

        public int status() {
            return status;
        }

        public String title() {
            return title;
        }

        /// The stable address of this sort of refusal (RFC 9457 §3.1.1).
        public String type() {
            return "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
