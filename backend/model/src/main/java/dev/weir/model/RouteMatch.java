package dev.weir.model;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The requests a rule is for.
///
/// @param hosts host names, `*.suffix` or `*`, compared without case and port; empty means every
///   host
public record RouteMatch(List<String> hosts, Path path) {
    /// Matches every request.
    public static final RouteMatch EVERYTHING =
            new RouteMatch(List.of(), new Path(Path.Type.PREFIX, "/"));

    private static final int MAX_PATH = 4096;

    /// How a path is compared; the query is never part of it.
    ///
    /// @param value begins with `/`, except for REGEX, which is an RE2 expression for the whole
    ///   path
    public record Path(Type type, String value) {

        public Path {
            type = type == null ? Type.PREFIX : type;
            value = value == null ? "/" : value;
        }

        /// PREFIX matches whole segments: `/a` matches `/a` and `/a/b`, not `/ab`.
        public enum Type {
            EXACT,
            PREFIX,
            REGEX
        }

        List<Problem> problems() {
            Problems problems =
                    new Problems()
                            .require(
                                    value.length() <= MAX_PATH,
                                    "value",
                                    "must be at most " + MAX_PATH + " characters");
            if (type == Type.REGEX) {
                try {
                    Pattern.compile(value);
                } catch (PatternSyntaxException bad) {
                    problems.require(
                            false,
                            "value",
                            "must be a regular expression: " + bad.getDescription());
                }
                return problems.list();
            }
            return problems.require(
                            value.startsWith("/")
                                    && value.indexOf('?') < 0
                                    && value.indexOf('#') < 0,
                            "value",
                            "must begin with '/' and hold no '?' or '#', is '" + value + "'")
                    .list();
        }
    }

    public RouteMatch {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        path = path == null ? new Path(Path.Type.PREFIX, "/") : path;
    }

    List<Problem> problems() {
        Problems problems = new Problems();
        for (int i = 0; i < hosts.size(); i++) {
            problems.require(
                    Names.isHostPattern(hosts.get(i)),
                    "hosts[" + i + "]",
                    "must be a host name, *.suffix or *, is '" + hosts.get(i) + "'");
        }
        return problems.under("path", path.problems()).list();
    }
}
