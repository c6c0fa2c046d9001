package dev.weir.api;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// A part of a list.
///
/// @param next cursor of the following part, or null at the end
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /// The same part with each item turned into another.
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), next);
    }
}
