package dev.weir.testkit;

import dev.weir.model.Certificate;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Secret;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Small declarations that tests begin with.
public final class SampleSpecs {
    private SampleSpecs() {}

    /// A round robin group of targets on these loopback ports, named `t<port>`.
    public static TargetGroup group(int... ports) {
        List<Target> targets = Arrays.stream(ports).mapToObj(SampleSpecs::target).toList();
        return new TargetGroup(
                TargetGroup.Algorithm.ROUND_ROBIN, null, Duration.ofSeconds(1), targets);
    }

    /// A virtual server on a loopback port.
    public static VirtualServer http(int port, @Nullable String targetGroup, RouteRule... rules) {
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

    /// A virtual server with TLS on a loopback port.
    public static VirtualServer https(int port, String targetGroup, String... certificates) {
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

    public static VirtualServer disabled(VirtualServer spec) {
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

    /// A certificate in outer form only; no engine could use it.
    public static Certificate certificate(String content) {
        return new Certificate(
                "-----BEGIN CERTIFICATE-----\n" + content,
                new Secret("-----BEGIN PRIVATE KEY-----\n" + content));
    }

    /// A rule that forwards a path prefix of some hosts, or of all where there are none.
    public static RouteRule rule(
            String name, List<String> hosts, String prefix, String targetGroup) {
        return new RouteRule(
                name,
                new RouteMatch(hosts, new RouteMatch.Path(RouteMatch.Path.Type.PREFIX, prefix)),
                RouteAction.Forward.to(targetGroup));
    }

    private static Target target(int port) {
        return new Target("t" + port, "127.0.0.1", port, 1, Target.AdminState.ENABLED);
    }
}
