package dev.weir.profile;

/// Reads the package or namespace off a function's name.
final class ModuleName {

    /// Packages are short; a name of a megabyte is not searched to its end.
    private static final int LONGEST = 500;

    private ModuleName() {}

    /// `net/http` of `net/http.(*conn).serve`, `java.util` of `java.util.HashMap.put` or
    /// `java/util/HashMap.put`, `std` of `std::sort`; empty when the name shows none.
    static String of(String name) {
        if (name.startsWith("[") || name.startsWith("<")) {
            // [libc.so.6] and <unknown> are places, not names.
            return "";
        }
        int end = endOfPath(name);
        int colons = name.indexOf("::");
        if (colons > 0 && colons < end) {
            return name.substring(0, colons);
        }
        int slash = name.lastIndexOf('/', end - 1);
        if (startsClass(name, slash + 1)) {
            return slash < 0 ? "" : name.substring(0, slash).replace('/', '.');
        }
        for (int dot = name.indexOf('.', slash + 1); dot > 0 && dot < end; ) {
            int next = name.indexOf('.', dot + 1);
            // A Go name ends its package at the first dot; a Java name goes on to a class.
            if (startsClass(name, dot + 1) && next > 0) {
                return name.substring(0, dot);
            }
            if (next < 0 || next >= end || !leadsToClass(name, next, end)) {
                return name.substring(0, dot);
            }
            dot = next;
        }
        return "";
    }

    /// Type parameters, receivers and signatures may hold slashes and dots of other packages.
    private static int endOfPath(String name) {
        int longest = Math.min(LONGEST, name.length());
        for (int i = 0; i < longest; i++) {
            char c = name.charAt(i);
            if (i > 0 && (c == '(' || c == '[' || c == '<' || c == ' ')) {
                return i;
            }
        }
        return longest;
    }

    private static boolean leadsToClass(String name, int dot, int end) {
        for (int at = dot; at >= 0 && at < end; at = name.indexOf('.', at + 1)) {
            if (startsClass(name, at + 1) && name.indexOf('.', at + 1) > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsClass(String name, int at) {
        return at < name.length() && Character.isUpperCase(name.charAt(at));
    }
}
