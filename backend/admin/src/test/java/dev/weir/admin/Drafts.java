package dev.weir.admin;

import dev.weir.model.Cluster;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import java.time.Duration;
import java.util.List;

/// Small valid resources.
final class Drafts {
    private Drafts() {}

    static Draft<Cluster> cluster(String name) {
        return Draft.of(name, new Cluster(Engine.EMBEDDED, false));
    }

    static Draft<TargetGroup> group(String name) {
        return group(name, 1);
    }

    static Draft<TargetGroup> group(String name, int weight) {
        return Draft.of(
                name,
                new TargetGroup(
                        TargetGroup.Algorithm.ROUND_ROBIN,
                        null,
                        Duration.ofSeconds(1),
                        List.of(
                                new Target("a", "10.0.0.1", 80, weight, Target.AdminState.ENABLED),
                                new Target("b", "10.0.0.2", 80, 1, Target.AdminState.ENABLED))));
    }

    static Draft<VirtualServer> server(String name, int port, String group) {
        return Draft.of(
                name,
                new VirtualServer(
                        "127.0.0.1",
                        port,
                        VirtualServer.Protocol.HTTP,
                        VirtualServer.AdminState.ENABLED,
                        List.of(),
                        null,
                        List.of(),
                        group));
    }
}
