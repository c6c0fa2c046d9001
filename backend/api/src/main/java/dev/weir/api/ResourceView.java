package dev.weir.api;

import dev.weir.model.Draft;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;

/// A resource as the server answers it: what is desired, and what is observed of it.
///
/// @param status absent where nothing is observed of this kind
public record ResourceView(Resource<?> resource, @Nullable ResourceStatus status) {

    public String name() {
        return resource.name();
    }

    /// The part that the operator wrote, to be edited and sent back.
    public Draft<?> draft() {
        return resource.draft();
    }

    /// The tag to send in `If-Match` with the next write.
    public String etag() {
        return Versioned.etag(resource.metadata().revision());
    }
}
