package dev.weir.api;

import dev.weir.model.Problem;

import java.util.List;

/// Why a request was refused (RFC 9457).
///
/// @param type a stable address of this sort of refusal, as in `/problems/conflict`
/// @param instance the path that was asked for
/// @param errors each fault of the document that was sent; may be empty
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String requestId,
        List<Problem> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public ProblemDetails {
        errors = List.copyOf(errors);
    }

    /// A refusal of no sort but its HTTP status, as RFC 9457 §4.2.1 has it.
    public static ProblemDetails ofStatus(
            int status, String title, String detail, String instance, List<Problem> errors) {
        return new ProblemDetails("about:blank", title, status, detail, instance, "", errors);
    }
}
