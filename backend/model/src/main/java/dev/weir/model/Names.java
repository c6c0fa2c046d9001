package dev.weir.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules of names, and the nearest known name for a mistyped one.
public final class Names {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern HOST =
            Pattern.compile(
                    "(\\*\\.)?[a-zA-Z0-9]([-a-zA-Z0-9_]{0,61}[a-zA-Z0-9])?"
                            + "(\\.[a-zA-Z0-9]([-a-zA-Z0-9_]{0,61}[a-zA-Z0-9])?)*");

    private Names() {}

    /// Problems of a resource name, which is a DNS label (RFC 1123 §2.1): 1 to 63 of `a-z 0-9 -`.
    public static List<Problem> problems(String path, String name) {
        return new Problems()
                .require(
                        DNS_LABEL.matcher(name).matches(),
                        path,
                        "must be 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or"
                                + " digit, is '"
                                + abbreviated(name)
                                + "'")
                .list();
    }

    /// Whether this is a host name, `*.suffix` or `*`.
    public static boolean isHostPattern(String host) {
        return host.equals("*") || (host.length() <= 253 && HOST.matcher(host).matches());
    }

    /// The known name nearest to a mistyped one, or empty where none is near (more than a third of
    /// it is wrong).
    public static Optional<String> nearest(String typed, Collection<String> known) {
        // two, so that a pair of swapped letters is still near; never the whole word
        int tolerated = Math.min(typed.length() - 1, Math.max(2, typed.length() / 3));
        return known.stream()
                .filter(name -> distance(typed, name) <= tolerated)
                .min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    private static String abbreviated(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /// Levenshtein distance, ignoring case.
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                boolean same =
                        Character.toLowerCase(left.charAt(row - 1))
                                == Character.toLowerCase(right.charAt(column - 1));
                int replaced = previous[column - 1] + (same ? 0 : 1);
                current[column] =
                        Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
