package dev.weir.model;

import java.time.Instant;
import java.util.List;

/// One accepted, durable edit of one cluster.
///
/// @param number positive, ascending over all clusters, without reuse
/// @param parent the cluster's revision before this one, 0 for its first
public record Revision(
        long number,
        String cluster,
        long parent,
        Instant time,
        String author,
        String comment,
        List<Change> changes) {

    public Revision {
        changes = List.copyOf(changes);
    }
}
