package dev.weir.api;

import dev.weir.model.Change;
import dev.weir.model.Kind;
import dev.weir.model.Revision;

import java.time.Instant;
import java.util.List;

/// A revision in a list: who changed which resources, without their content.
public record RevisionSummary(
        long number,
        String cluster,
        long parent,
        Instant time,
        String author,
        String comment,
        List<Touched> changes) {

    /// A resource that a revision changed.
    public record Touched(Kind kind, String name, ResourceChange.Action action) {}

    public RevisionSummary {
        changes = List.copyOf(changes);
    }

    public static RevisionSummary of(Revision revision) {
        return new RevisionSummary(
                revision.number(),
                revision.cluster(),
                revision.parent(),
                revision.time(),
                revision.author(),
                revision.comment(),
                revision.changes().stream().map(RevisionSummary::touched).toList());
    }

    private static Touched touched(Change change) {
        ResourceChange.Action action =
                change.before() == null
                        ? ResourceChange.Action.CREATED
                        : change.after() == null
                                ? ResourceChange.Action.DELETED
                                : ResourceChange.Action.UPDATED;
        return new Touched(change.kind(), change.name(), action);
    }
}
