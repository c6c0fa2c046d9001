package dev.weir.xds;

import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Secret;
import dev.weir.model.Spec;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A cluster that tests edit, one revision at a time.
final class Declared {
    private Configuration now =
            Configuration.of(resource("test", new Cluster(Engine.ENVOY, false), newId(0), 1), 1);
    private int created;

    Configuration now() {
        return now;
    }

    /// Creates or changes one object; a changed one keeps its identity.
    Revision put(String name, Spec spec) {
        Resource<?> before = now.find(spec.kind(), name).orElse(null);
        UUID id = before == null ? newId(++created) : before.metadata().id();
        int index = before == null ? created : before.metadata().index();
        return commit(
                List.of(new Change(spec.kind(), name, before, resource(name, spec, id, index))));
    }

    Revision delete(Kind kind, String name) {
        Resource<?> before = now.find(kind, name).orElseThrow();
        return commit(List.of(new Change(kind, name, before, null)));
    }

    Revision commit(List<Change> changes) {
        long number = now.revision() + 1;
        Revision revision =
                new Revision(
                        number,
                        "test",
                        number - 1,
                        Instant.EPOCH.plusSeconds(number),
                        "tester",
                        "",
                        changes);
        now = now.with(changes, number);
        return revision;
    }

    String xdsName(Kind kind, String name) {
        return new XdsName(kind, now.find(kind, name).orElseThrow().metadata().id()).toString();
    }

    String listener(String virtualServer) {
        return xdsName(Kind.VIRTUAL_SERVER, virtualServer);
    }

    String cluster(String targetGroup) {
        return xdsName(Kind.TARGET_GROUP, targetGroup);
    }

    static TargetGroup group(int... ports) {
        List<Target> targets =
                java.util.Arrays.stream(ports)
                        .mapToObj(port -> new Target("t" + port, "127.0.0.1", port, 1, null))
                        .toList();
        return new TargetGroup(
                TargetGroup.Algorithm.ROUND_ROBIN, null, Duration.ofSeconds(1), targets);
    }

    static VirtualServer http(int port, @Nullable String targetGroup, RouteRule... rules) {
        return new VirtualServer(
                "127.0.0.1",
                port,
                VirtualServer.Protocol.HTTP,
                VirtualServer.AdminState.ENABLED,
                List.of(),
                null,
                List.of(rules),
                targetGroup);
    }

    static VirtualServer https(int port, String targetGroup, String... certificates) {
        return new VirtualServer(
                "127.0.0.1",
                port,
                VirtualServer.Protocol.HTTPS,
                VirtualServer.AdminState.ENABLED,
                List.of(),
                new VirtualServer.Tls(List.of(certificates), VirtualServer.Tls.Version.TLSV1_2),
                List.of(),
                targetGroup);
    }

    static VirtualServer disabled(VirtualServer spec) {
        return new VirtualServer(
                spec.address(),
                spec.port(),
                spec.protocol(),
                VirtualServer.AdminState.DISABLED,
                spec.hostnames(),
                spec.tls(),
                spec.rules(),
                spec.defaultTargetGroup());
    }

    static Certificate certificate(String content) {
        return new Certificate(
                "-----BEGIN CERTIFICATE-----\n" + content,
                new Secret("-----BEGIN PRIVATE KEY-----\n" + content));
    }

    static RouteRule rule(String name, List<String> hosts, String prefix, String targetGroup) {
        return new RouteRule(
                name,
                new RouteMatch(hosts, new RouteMatch.Path(RouteMatch.Path.Type.PREFIX, prefix)),
                RouteAction.Forward.to(targetGroup));
    }

    private <S extends Spec> Resource<S> resource(String name, S spec, UUID id, int index) {
        long revision = now == null ? 1 : now.revision() + 1;
        return new Resource<>(
                name,
                "",
                Map.of(),
                spec,
                new Metadata(
                        id, index, revision, Instant.EPOCH, "tester", Instant.EPOCH, "tester"));
    }

    private static UUID newId(long number) {
        return new UUID(0x4000L, 0x8000000000000000L | number);
    }
}
