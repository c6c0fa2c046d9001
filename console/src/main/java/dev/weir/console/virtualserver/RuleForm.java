package dev.weir.console.virtualserver;

import dev.weir.console.editing.Numbers;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// What the fields of one rule hold.
///
/// @param hosts separated by commas
/// @param shares used where the rule forwards
/// @param redirect used where the rule redirects
public record RuleForm(
        String name,
        String hosts,
        RouteMatch.Path.Type pathType,
        String path,
        Does does,
        List<Share> shares,
        RedirectForm redirect) {

    /// What the rule does with requests.
    public enum Does {
        FORWARD,
        REDIRECT
    }

    /// A target group and its weight as typed.
    public record Share(String group, String weight) {}

    /// The parts of a redirect as typed; empty keeps that of the request.
    public record RedirectForm(
            String scheme, String host, String port, String path, String code, boolean stripQuery) {
        static final RedirectForm EMPTY = new RedirectForm("", "", "", "", "302", false);

        RedirectForm withScheme(String newScheme) {
            return new RedirectForm(newScheme, host, port, path, code, stripQuery);
        }

        RedirectForm withHost(String newHost) {
            return new RedirectForm(scheme, newHost, port, path, code, stripQuery);
        }

        RedirectForm withPort(String newPort) {
            return new RedirectForm(scheme, host, newPort, path, code, stripQuery);
        }

        RedirectForm withPath(String newPath) {
            return new RedirectForm(scheme, host, port, newPath, code, stripQuery);
        }

        RedirectForm withCode(String newCode) {
            return new RedirectForm(scheme, host, port, path, newCode, stripQuery);
        }

        RedirectForm withStripQuery(boolean newStripQuery) {
            return new RedirectForm(scheme, host, port, path, code, newStripQuery);
        }
    }

    public RuleForm {
        shares = List.copyOf(shares);
    }

    /// A rule that sends everything below `/` to one target group.
    static RuleForm blank(String name, String group) {
        return new RuleForm(
                name,
                "",
                RouteMatch.Path.Type.PREFIX,
                "/",
                Does.FORWARD,
                List.of(new Share(group, "1")),
                RedirectForm.EMPTY);
    }

    static RuleForm of(RouteRule rule) {
        List<Share> shares = List.of();
        RedirectForm redirect = RedirectForm.EMPTY;
        Does does = Does.FORWARD;
        switch (rule.action()) {
            case RouteAction.Forward(var groups) ->
                    shares =
                            groups.stream()
                                    .map(it -> new Share(it.targetGroup(), it.weight().toString()))
                                    .toList();
            case RouteAction.Redirect(
                            var scheme,
                            var host,
                            var port,
                            var path,
                            var code,
                            var strip) -> {
                does = Does.REDIRECT;
                redirect =
                        new RedirectForm(
                                text(scheme),
                                text(host),
                                port == null ? "" : port.toString(),
                                text(path),
                                code.toString(),
                                strip);
            }
        }
        return new RuleForm(
                rule.name(),
                String.join(", ", rule.match().hosts()),
                rule.match().path().type(),
                rule.match().path().value(),
                does,
                shares,
                redirect);
    }

    /// Reads the rule.
    ///
    /// @param place path of the rule in the document, such as `spec.rules[0]`
    RouteRule read(String place, Numbers numbers) {
        RouteMatch match =
                new RouteMatch(split(hosts), new RouteMatch.Path(pathType, path.strip()));
        RouteAction action =
                switch (does) {
                    case FORWARD -> forward(place, numbers);
                    case REDIRECT -> redirect(place, numbers);
                };
        return new RouteRule(name.strip(), match, action);
    }

    private RouteAction forward(String place, Numbers numbers) {
        RouteAction.Weighted[] weighted = new RouteAction.Weighted[shares.size()];
        for (int i = 0; i < weighted.length; i++) {
            String path = place + ".action.forward[" + i + "].weight";
            weighted[i] =
                    new RouteAction.Weighted(
                            shares.get(i).group(), numbers.whole(shares.get(i).weight(), path, 1));
        }
        return new RouteAction.Forward(List.of(weighted));
    }

    private RouteAction redirect(String place, Numbers numbers) {
        String at = place + ".action.redirect.";
        return new RouteAction.Redirect(
                orNull(redirect.scheme()),
                orNull(redirect.host()),
                redirect.port().isBlank()
                        ? null
                        : Integer.valueOf(numbers.whole(redirect.port(), at + "port", 1)),
                orNull(redirect.path()),
                numbers.whole(redirect.code(), at + "code", 302),
                redirect.stripQuery());
    }

    static List<String> split(String commas) {
        return Arrays.stream(commas.split("[,\\s]+")).filter(it -> !it.isEmpty()).toList();
    }

    RuleForm withName(String text) {
        return new RuleForm(text, hosts, pathType, path, does, shares, redirect);
    }

    RuleForm withHosts(String text) {
        return new RuleForm(name, text, pathType, path, does, shares, redirect);
    }

    RuleForm withPathType(RouteMatch.Path.Type type) {
        return new RuleForm(name, hosts, type, path, does, shares, redirect);
    }

    RuleForm withPath(String text) {
        return new RuleForm(name, hosts, pathType, text, does, shares, redirect);
    }

    RuleForm withDoes(Does choice) {
        return new RuleForm(name, hosts, pathType, path, choice, shares, redirect);
    }

    RuleForm withShares(List<Share> list) {
        return new RuleForm(name, hosts, pathType, path, does, list, redirect);
    }

    RuleForm withRedirect(RedirectForm other) {
        return new RuleForm(name, hosts, pathType, path, does, shares, other);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
