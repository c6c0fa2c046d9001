package dev.weir.api;

import org.jspecify.annotations.Nullable;

/// Which part of a list is wanted.
///
/// @param limit 1 to 1000
/// @param cursor from the part before, or null for the first
/// @param labels `key=value,key2=value2`, all of which must hold; empty for everything
public record PageQuery(int limit, @Nullable String cursor, String labels) {
    public static final int MAX_LIMIT = 1000;
    public static final PageQuery FIRST = new PageQuery(100, null, "");

    public PageQuery after(String next) {
        return new PageQuery(limit, next, labels);
    }
}
