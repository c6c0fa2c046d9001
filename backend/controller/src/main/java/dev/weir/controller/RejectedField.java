package dev.weir.controller;

import dev.weir.model.Configuration;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Target;
import dev.weir.xds.Rejected;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The field of a resource that a node's words are about, as far as they say.
final class RejectedField {
    /// How RE2's errors begin (`re2/re2.cc`).
    private static final String[] RE2 = {
        "regex", "repetition", "escape", "missing", "perl operator", "character class", "too large"
    };

    private RejectedField() {}

    /// A path such as `spec.port`, or empty text.
    ///
    /// @param now where the refused resource's source is declared
    static String of(Rejected rejected, Configuration now) {
        String words = rejected.message().toLowerCase(Locale.ROOT);
        String name = rejected.source().name();
        return switch (rejected.key().type()) {
            case LISTENER -> ofListener(words);
            case ROUTE ->
                    Optional.ofNullable(now.virtualServers().get(name))
                            .map(found -> ofRoute(rejected.message(), found.spec().rules()))
                            .orElse("");
            case CLUSTER -> ofCluster(words);
            case ENDPOINT ->
                    Optional.ofNullable(now.targetGroups().get(name))
                            .map(found -> ofEndpoint(words, found.spec().targets()))
                            .orElse("");
            case SECRET -> words.contains("private key") ? "spec.privateKey" : "spec.chainPem";
        };
    }

    private static String ofListener(String words) {
        if (mentions(
                words, "in use", "cannot bind", "duplicate address", "portvalue", "port_value")) {
            return "spec.port";
        }
        if (mentions(words, "malformed ip", "socketaddress", "socket_address")) {
            return "spec.address";
        }
        return mentions(words, "tls", "ssl", "secret", "certificate") ? "spec.tls" : "";
    }

    private static String ofRoute(String message, List<RouteRule> rules) {
        String words = message.toLowerCase(Locale.ROOT);
        // RE2 ends with the part of the expression that it could not read
        String fragment = message.substring(message.lastIndexOf(": ") + 1).strip();
        if (mentions(words, "domain")) {
            return "spec.hostnames";
        }
        int first = -1;
        for (int i = 0; i < rules.size(); i++) {
            RouteMatch.Path path = rules.get(i).match().path();
            if (path.type() != RouteMatch.Path.Type.REGEX) {
                continue;
            }
            first = first < 0 ? i : first;
            if (message.contains(path.value()) || path.value().contains(fragment)) {
                return expression(i);
            }
        }
        return first >= 0 && mentions(words, RE2) ? expression(first) : "";
    }

    private static String expression(int rule) {
        return "spec.rules[" + rule + "].match.path.value";
    }

    private static String ofCluster(String words) {
        if (mentions(words, "connecttimeout", "connect_timeout")) {
            return "spec.connectTimeout";
        }
        if (mentions(words, "healthcheck", "health_check", "health check")) {
            return "spec.healthMonitor";
        }
        return mentions(words, "loadbalancingpolicy", "load_balancing_policy", "lb policy")
                ? "spec.algorithm"
                : "";
    }

    private static String ofEndpoint(String words, List<Target> targets) {
        for (int i = 0; i < targets.size(); i++) {
            if (words.contains(targets.get(i).address().toLowerCase(Locale.ROOT))) {
                return "spec.targets[" + i + "].address";
            }
        }
        return mentions(words, "weight") ? "spec.targets" : "";
    }

    private static boolean mentions(String words, String... any) {
        return List.of(any).stream().anyMatch(words::contains);
    }
}
