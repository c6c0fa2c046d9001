package dev.weir.api;

/// An answer with the tag that the next write must send back.
public record Versioned<T>(T value, String etag) {

    /// The tag of a resource that was last changed by this revision.
    public static String etag(long revision) {
        return "\"" + revision + "\"";
    }
}
