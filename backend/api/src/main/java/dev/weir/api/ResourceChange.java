package dev.weir.api;

import dev.weir.model.Kind;

import java.util.List;

/// What a write does to one resource.
public record ResourceChange(Kind kind, String name, Action action, List<Difference> differences) {

    /// What becomes of the resource.
    public enum Action {
        CREATED,
        UPDATED,
        DELETED,
        UNCHANGED
    }

    public ResourceChange {
        differences = List.copyOf(differences);
    }
}
