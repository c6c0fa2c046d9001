package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// What a rule does with the requests it matches.
public sealed interface RouteAction {

    /// Problems with paths relative to `action`.
    List<Problem> problems();

    /// Sends the request to one of the target groups, in proportion to their weights.
    ///
    /// @param targetGroups at least one with a weight above 0
    record Forward(List<Weighted> targetGroups) implements RouteAction {

        public Forward {
            targetGroups = targetGroups == null ? List.of() : List.copyOf(targetGroups);
        }

        /// Everything to one target group.
        public static Forward to(String targetGroup) {
            return new Forward(List.of(new Weighted(targetGroup, 1)));
        }

        @Override
        public List<Problem> problems() {
            Problems problems =
                    new Problems()
                            .require(
                                    targetGroups.stream().anyMatch(group -> group.weight() > 0),
                                    "forward",
                                    "must name a target group with a weight above 0");
            for (int i = 0; i < targetGroups.size(); i++) {
                problems.range(
                        "forward[" + i + "].weight", targetGroups.get(i).weight(), 0, 1_000_000);
            }
            return problems.list();
        }
    }

    /// A target group and its share of the requests.
    ///
    /// @param weight 0 to 1,000,000; 1 where absent
    record Weighted(String targetGroup, Integer weight) {
        public Weighted {
            weight = weight == null ? Integer.valueOf(1) : weight;
        }
    }

    /// Answers with a `Location` made of the request's own address and these replacements.
    ///
    /// @param scheme `http` or `https`, or null to keep it
    /// @param path replaces the whole path, or null to keep it
    /// @param code 301, 302, 303, 307 or 308
    record Redirect(
            @Nullable String scheme,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String path,
            Integer code,
            boolean stripQuery)
            implements RouteAction {
        private static final Set<Integer> CODES = Set.of(301, 302, 303, 307, 308);

        public Redirect {
            code = code == null ? Integer.valueOf(302) : code;
        }

        @Override
        public List<Problem> problems() {
            return new Problems()
                    .require(
                            scheme != null || host != null || port != null || path != null,
                            "redirect",
                            "must change scheme, host, port or path, or clients would loop")
                    .require(
                            scheme == null || scheme.equals("http") || scheme.equals("https"),
                            "redirect.scheme",
                            "must be http or https, is '" + scheme + "'")
                    .require(
                            host == null || (Names.isHostPattern(host) && !host.contains("*")),
                            "redirect.host",
                            "must be a host name, is '" + host + "'")
                    .require(
                            port == null || (port >= 1 && port <= 65535),
                            "redirect.port",
                            "must be between 1 and 65535, is " + port)
                    .require(
                            path == null || path.startsWith("/"),
                            "redirect.path",
                            "must begin with '/', is '" + path + "'")
                    .require(
                            CODES.contains(code),
                            "redirect.code",
                            "must be 301, 302, 303, 307 or 308, is " + code)
                    .list();
        }
    }
}
