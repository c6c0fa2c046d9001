package dev.weir.api;

import dev.weir.model.Certificate;
import dev.weir.model.Cluster;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.HealthMonitor;
import dev.weir.model.Node;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Spec;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/// Valid drafts of every kind with every field now absent, now at its edges, and texts that a
/// careless YAML writer would change.
final class RandomDrafts {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "no",
                    "yes",
                    "on",
                    "~",
                    "null",
                    "true",
                    "007",
                    "1e5",
                    "0x1F",
                    "12:30:45",
                    "1_000",
                    ".inf",
                    "2026-11-23",
                    "- item",
                    "key: value",
                    "# comment",
                    "a # b",
                    "'single'",
                    "\"double\"",
                    "{}",
                    "[1, 2]",
                    "*alias",
                    "&anchor",
                    "!tag",
                    "|",
                    ">",
                    "%directive",
                    "@at",
                    "`tick`",
                    "two\nlines",
                    "trailing \n",
                    "\ttab",
                    "中文 标签",
                    "emoji 🌊",
                    "x".repeat(200),
                    "---",
                    "...",
                    "? question",
                    "<<",
                    "=");

    private final Random random;

    RandomDrafts(long seed) {
        random = new Random(seed);
    }

    Draft<?> next() {
        return new Draft<>(name(), pick(TEXTS), labels(), spec());
    }

    private Spec spec() {
        return switch (random.nextInt(5)) {
            case 0 -> new Cluster(pick(List.of(Engine.values())), random.nextBoolean());
            case 1 ->
                    new Node(
                            random.nextBoolean() ? URI.create("https://10.0.0.5:8443") : null,
                            random.nextBoolean() ? "[::1]:161" : null);
            case 2 -> virtualServer();
            case 3 -> targetGroup();
            default ->
                    new Certificate(
                            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", null);
        };
    }

    private VirtualServer virtualServer() {
        boolean tls = random.nextBoolean();
        return new VirtualServer(
                pick(List.of("0.0.0.0", "::", "10.1.2.3")),
                1 + random.nextInt(65535),
                tls ? VirtualServer.Protocol.HTTPS : VirtualServer.Protocol.HTTP,
                pick(List.of(VirtualServer.AdminState.values())),
                some(3, i -> "h" + i + ".example"),
                tls
                        ? new VirtualServer.Tls(
                                List.of("cert", "no"),
                                pick(List.of(VirtualServer.Tls.Version.values())))
                        : null,
                some(4, i -> new RouteRule("r" + i, match(), action())),
                random.nextBoolean() ? "web" : null);
    }

    private RouteMatch match() {
        return new RouteMatch(
                some(2, i -> "*.m" + i + ".example"),
                switch (random.nextInt(3)) {
                    case 0 -> new RouteMatch.Path(RouteMatch.Path.Type.EXACT, "/a b");
                    case 1 -> new RouteMatch.Path(RouteMatch.Path.Type.PREFIX, "/'\": !");
                    default -> new RouteMatch.Path(RouteMatch.Path.Type.REGEX, "/\\d+(\\.html)?");
                });
    }

    private RouteAction action() {
        if (random.nextBoolean()) {
            List<RouteAction.Weighted> groups = new ArrayList<>();
            groups.add(new RouteAction.Weighted("web", 1 + random.nextInt(1_000_000)));
            groups.addAll(some(2, i -> new RouteAction.Weighted("g" + i, i)));
            return new RouteAction.Forward(groups);
        }
        return new RouteAction.Redirect(
                random.nextBoolean() ? "https" : null,
                random.nextBoolean() ? "other.example" : null,
                random.nextBoolean() ? 8443 : null,
                "/x",
                pick(List.of(301, 302, 303, 307, 308)),
                random.nextBoolean());
    }

    private TargetGroup targetGroup() {
        return new TargetGroup(
                pick(List.of(TargetGroup.Algorithm.values())),
                random.nextBoolean() ? monitor() : null,
                Duration.ofMillis(1 + random.nextInt(300_000)),
                some(
                        5,
                        i ->
                                new Target(
                                        "t" + i,
                                        "10.0.0." + i,
                                        80,
                                        1 + random.nextInt(256),
                                        pick(List.of(Target.AdminState.values())))));
    }

    private HealthMonitor monitor() {
        Duration interval =
                pick(List.of(Duration.ofMillis(100), Duration.ofSeconds(90), Duration.ofHours(1)));
        return new HealthMonitor(
                "/health?x=1",
                random.nextBoolean() ? "health.example" : null,
                interval,
                interval.dividedBy(2),
                1 + random.nextInt(20),
                1 + random.nextInt(20),
                List.of(
                        new HealthMonitor.StatusRange(200, 299),
                        new HealthMonitor.StatusRange(404, 404)));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = pick(TEXTS).strip();
            if (!key.isEmpty() && key.length() <= 63) {
                labels.put(key, pick(TEXTS));
            }
        }
        return labels;
    }

    private String name() {
        return pick(List.of("shop", "no", "1", "007", "null", "e5", "1e5", "on", "a-b-c"));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> List<T> some(int most, IntFunction<T> make) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 1; i <= count; i++) {
            list.add(make.apply(i));
        }
        return list;
    }
}
