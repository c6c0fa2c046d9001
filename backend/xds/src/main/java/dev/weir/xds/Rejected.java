package dev.weir.xds;

import dev.weir.model.Reference;

/// Content that a node refused and is not offered again until it changes.
///
/// @param revision the revision that brought the content
/// @param version of the content
/// @param message the node's own words
/// @param retryAt when to offer the same content again, in nanoseconds of the stream's clock;
///   [#NEVER] where only an edit can help
public record Rejected(
        XdsKey key, Reference source, long revision, String version, String message, long retryAt) {
    static final long NEVER = Long.MAX_VALUE;

    /// Whether the words speak of the node's surroundings, which can heal without an edit.
    static boolean isPassing(String message) {
        return message.contains("cannot bind")
                || message.contains("ddress already in use")
                || message.contains("duplicate address");
    }
}
