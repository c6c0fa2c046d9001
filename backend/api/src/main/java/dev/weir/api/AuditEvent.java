package dev.weir.api;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Who did what, or tried to.
///
/// @param source by the program's own word: console, weirctl or anything else
/// @param action as in `put`, `delete`, `drain`, `login`
/// @param object the path that was asked for
/// @param before the revision that the write was based on, or null
/// @param after the revision that the write made, or null
/// @param result the HTTP status that was answered
public record AuditEvent(
        long id,
        Instant time,
        String actor,
        Source source,
        String action,
        String object,
        @Nullable Long before,
        @Nullable Long after,
        String requestId,
        int result) {

    /// The program that asked.
    public enum Source {
        UI,
        CLI,
        API
    }
}
