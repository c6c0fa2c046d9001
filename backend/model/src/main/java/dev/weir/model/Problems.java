package dev.weir.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Collects every problem of a document, so that one answer names them all.
///
/// Confined to the thread that validates.
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /// Adds a problem at `path` unless `valid`.
    public Problems require(boolean valid, String path, String message) {
        if (!valid) {
            found.add(new Problem(path, message));
        }
        return this;
    }

    /// Adds the problems of a part, seen from the whole.
    public Problems under(String prefix, Collection<Problem> problems) {
        for (Problem problem : problems) {
            found.add(problem.under(prefix));
        }
        return this;
    }

    /// Adds a problem where `value` lies outside `low..high`, both included.
    public Problems range(String path, long value, long low, long high) {
        return require(
                value >= low && value <= high,
                path,
                "must be between %d and %d, is %d".formatted(low, high, value));
    }

    public List<Problem> list() {
        return List.copyOf(found);
    }
}
