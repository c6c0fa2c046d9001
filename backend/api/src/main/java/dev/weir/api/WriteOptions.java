package dev.weir.api;

/// How a write is to be made.
///
/// @param etag the tag of what is to be replaced; empty means that nothing must be there yet
/// @param comment why, kept with the revision; may be empty
public record WriteOptions(String etag, String comment) {
    /// A new resource.
    public static final WriteOptions CREATE = new WriteOptions("", "");

    /// A change of the resource that had this tag.
    public static WriteOptions replacing(String etag) {
        return new WriteOptions(etag, "");
    }

    public WriteOptions because(String reason) {
        return new WriteOptions(etag, reason);
    }
}
