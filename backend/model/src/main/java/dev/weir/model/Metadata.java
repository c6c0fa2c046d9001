package dev.weir.model;

import java.time.Instant;
import java.util.UUID;

/// What the server knows of a resource beside its spec; written by admin alone.
///
/// @param id never changes and is never used again; names the resource in xDS
/// @param index a positive number, unique in its kind over all clusters, never used again; the row
///   in the MIB
/// @param revision the revision that last changed the resource; its `ETag`
public record Metadata(
        UUID id,
        int index,
        long revision,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {}
