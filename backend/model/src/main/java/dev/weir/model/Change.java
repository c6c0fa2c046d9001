package dev.weir.model;

import org.jspecify.annotations.Nullable;

/// One resource before and after a revision; created where `before` is null, deleted where `after`
/// is null.
public record Change(
        Kind kind, String name, @Nullable Resource<?> before, @Nullable Resource<?> after) {

    public Change {
        if (before == null && after == null) {
            throw new IllegalArgumentException(
                    kind.words() + " " + name + ": a change needs a before or an after");
        }
    }
}
