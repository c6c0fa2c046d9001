package dev.weir.bundle;

import dev.weir.admin.auth.Identity;
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
import java.util.List;
import java.util.Map;

/// What the lab's cluster holds at its first start: a shop and its payments.
///
/// @param identity of the virtual server `pay`
record LabSample(Engine engine, Ports ports, Identity identity) {
    static final String CLUSTER = "lab";
    static final String NODE = "lab-1";
    static final String SHOP = "shop";
    static final String PAY = "pay";
    private static final String WEB = "web";
    private static final String WEB_NEXT = "web-next";
    private static final String PAYMENTS = "payments";
    private static final String CERTIFICATE = "pay-lab";

    List<Draft<?>> drafts() {
        return List.of(
                draft(CLUSTER, "The sample on this machine", new Cluster(engine, false)),
                node(ports),
                draft(
                        CERTIFICATE,
                        "Issued by this lab's own authority",
                        new Certificate(identity.chainPem(), identity.keyPem())),
                draft(WEB, "The shop's pages", web()),
                draft(WEB_NEXT, "The next version of the shop's pages", webNext()),
                draft(PAYMENTS, "Takes the money, slowly", payments()),
                draft(SHOP, "The shop", shop()),
                draft(PAY, "The payments' own door", pay()));
    }

    /// This machine as a node, with the doors of this start.
    static Draft<Node> node(Ports ports) {
        return draft(
                NODE,
                "This machine",
                new Node(
                        URI.create("https://" + ports.at(Door.AGENT)),
                        ports.at(Door.SNMP).toString()));
    }

    private TargetGroup web() {
        return new TargetGroup(
                TargetGroup.Algorithm.ROUND_ROBIN,
                monitor(Duration.ofSeconds(2)),
                Duration.ofSeconds(1),
                List.of(target(Door.WEB_1, 1), target(Door.WEB_2, 1), target(Door.WEB_3, 1)));
    }

    private TargetGroup webNext() {
        return new TargetGroup(
                TargetGroup.Algorithm.LEAST_CONNECTIONS,
                monitor(Duration.ofSeconds(2)),
                Duration.ofSeconds(1),
                List.of(target(Door.WEB_NEXT_1, 1), target(Door.WEB_NEXT_2, 1)));
    }

    private TargetGroup payments() {
        return new TargetGroup(
                TargetGroup.Algorithm.ROUND_ROBIN,
                monitor(Duration.ofSeconds(5)),
                Duration.ofSeconds(1),
                List.of(target(Door.PAYMENTS_1, 3), target(Door.PAYMENTS_2, 1)));
    }

    private VirtualServer shop() {
        return new VirtualServer(
                HostPort.LOOPBACK,
                ports.of(Door.SHOP),
                VirtualServer.Protocol.HTTP,
                VirtualServer.AdminState.ENABLED,
                List.of(),
                null,
                List.of(
                        new RouteRule(
                                "moved",
                                prefix(List.of(), "/old"),
                                new RouteAction.Redirect(null, null, null, "/", 301, false)),
                        new RouteRule(
                                "beta",
                                prefix(List.of("beta.shop.lab"), "/"),
                                RouteAction.Forward.to(WEB_NEXT)),
                        new RouteRule(
                                "checkout",
                                prefix(List.of(), "/checkout"),
                                RouteAction.Forward.to(PAYMENTS)),
                        new RouteRule(
                                "search",
                                prefix(List.of(), "/search"),
                                new RouteAction.Forward(
                                        List.of(
                                                new RouteAction.Weighted(WEB, 9),
                                                new RouteAction.Weighted(WEB_NEXT, 1))))),
                WEB);
    }

    private VirtualServer pay() {
        return new VirtualServer(
                HostPort.LOOPBACK,
                ports.of(Door.PAY),
                VirtualServer.Protocol.HTTPS,
                VirtualServer.AdminState.ENABLED,
                List.of(),
                new VirtualServer.Tls(List.of(CERTIFICATE), VirtualServer.Tls.Version.TLSV1_2),
                List.of(),
                PAYMENTS);
    }

    private Target target(Door door, int weight) {
        return new Target(
                door.word(), HostPort.LOOPBACK, ports.of(door), weight, Target.AdminState.ENABLED);
    }

    private static HealthMonitor monitor(Duration interval) {
        return new HealthMonitor(
                "/healthz", null, interval, Duration.ofSeconds(1), 1, 2, List.of());
    }

    private static RouteMatch prefix(List<String> hosts, String path) {
        return new RouteMatch(hosts, new RouteMatch.Path(RouteMatch.Path.Type.PREFIX, path));
    }

    private static <S extends Spec> Draft<S> draft(String name, String description, S spec) {
        return new Draft<>(name, description, Map.of(), spec);
    }
}
