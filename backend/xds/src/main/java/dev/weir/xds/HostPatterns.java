package dev.weir.xds;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How host patterns lie within each other: an exact host, `*.suffix` of any depth, or `*`.
///
/// Two patterns are either nested or share no host at all.
final class HostPatterns {
    static final String ANY = "*";

    private HostPatterns() {}

    /// The lower-case patterns, or [#ANY] alone where there are none.
    static List<String> normalized(Collection<String> patterns) {
        if (patterns.isEmpty()) {
            return List.of(ANY);
        }
        return patterns.stream()
                .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /// Whether every host of the inner pattern is one of the outer's.
    static boolean covers(String outer, String inner) {
        if (outer.equals(ANY) || outer.equals(inner)) {
            return true;
        }
        // "*.example.com" does not hold "example.com" itself
        return outer.startsWith("*.")
                && inner.length() > outer.length() - 1
                && inner.endsWith(outer.substring(1));
    }

    static boolean anyCovers(Collection<String> outer, String inner) {
        return outer.stream().anyMatch(pattern -> covers(pattern, inner));
    }

    /// The patterns for the hosts that lie in both sets, each written at its narrowest.
    static Set<String> intersection(Collection<String> left, Collection<String> right) {
        Set<String> both = new LinkedHashSet<>();
        for (String one : left) {
            for (String other : right) {
                if (covers(one, other)) {
                    both.add(other);
                } else if (covers(other, one)) {
                    both.add(one);
                }
            }
        }
        return both;
    }
}
