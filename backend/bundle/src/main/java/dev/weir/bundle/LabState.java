package dev.weir.bundle;

import dev.weir.admin.Admin;
import dev.weir.admin.auth.Identity;
import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Ledger;
import dev.weir.admin.resource.Precondition;
import dev.weir.admin.resource.RefusedException;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Operation;
import dev.weir.model.Resource;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings a data directory's state into line with this start: the sample is made once; later only
/// what this start moved is edited, and what an operator edited stays.
final class LabState {
    private static final String AUTHOR = "lab";
    private static final String URL = "url";

    private final Admin admin;
    private final Ports ports;

    LabState(Admin admin, Ports ports) {
        this.admin = admin;
        this.ports = ports;
    }

    /// Answers the cluster as it is then.
    Configuration prepare(Engine engine) throws RefusedException {
        Ledger ledger = admin.ledger();
        Optional<Configuration> before = ledger.current(LabSample.CLUSTER);
        if (before.isEmpty()) {
            Identity identity =
                    admin.authority()
                            .issue("pay.lab", List.of("pay.lab", "localhost", HostPort.LOOPBACK));
            edit("the sample", new LabSample(engine, ports, identity).drafts());
        } else {
            edit("addresses of this start", moved(before.get(), engine));
        }
        pointOperationsAtDemo();
        return ledger.current(LabSample.CLUSTER).orElseThrow();
    }

    /// Lets the Go operations without an address, or with the demo program's last one, reach the
    /// demo program.
    private void pointOperationsAtDemo() {
        URI here = URI.create("http://" + ports.at(Door.PPROF));
        for (Operation operation : admin.catalog().operations().values()) {
            String url = operation.parameters().get(URL);
            if (operation.type() == Operation.Type.GO_PROFILE
                    && (url == null || ports.hasMoved(Door.PPROF, URI.create(url).getPort()))) {
                Map<String, String> parameters = new HashMap<>(operation.parameters());
                parameters.put(URL, here.toString());
                admin.catalog()
                        .put(
                                new Operation(
                                        operation.name(),
                                        operation.description(),
                                        operation.type(),
                                        parameters,
                                        operation.timeout()));
            }
        }
    }

    private void edit(String comment, List<Draft<?>> drafts) throws RefusedException {
        if (drafts.isEmpty()) {
            return;
        }
        List<Edit.Step> steps = new ArrayList<>();
        drafts.forEach(draft -> steps.add(new Edit.Put(draft, Precondition.NONE)));
        var _ =
                admin.ledger()
                        .edit(new Edit(LabSample.CLUSTER, Edit.of(steps), AUTHOR, comment, false));
    }

    private List<Draft<?>> moved(Configuration before, Engine engine) {
        List<Draft<?>> drafts = new ArrayList<>();
        if (before.cluster().spec().engine() != engine) {
            drafts.add(
                    with(
                            before.cluster(),
                            new dev.weir.model.Cluster(
                                    engine, before.cluster().spec().deletionProtection())));
        }
        Draft<?> node = LabSample.node(ports);
        Resource<?> nodeBefore = before.nodes().get(LabSample.NODE);
        if (nodeBefore == null || !nodeBefore.spec().equals(node.spec())) {
            drafts.add(node);
        }
        for (Resource<TargetGroup> group : before.targetGroups().values()) {
            TargetGroup now = group.spec();
            for (DemoTarget demo : DemoTarget.ALL) {
                now = now.withTarget(demo.name(), target -> atItsDoor(target, demo.door()));
            }
            if (!now.equals(group.spec())) {
                drafts.add(with(group, now));
            }
        }
        for (Door door : List.of(Door.SHOP, Door.PAY)) {
            Resource<VirtualServer> server = before.virtualServers().get(door.word());
            if (server != null && ports.hasMoved(door, server.spec().port())) {
                drafts.add(with(server, withPort(server.spec(), ports.of(door))));
            }
        }
        return drafts;
    }

    private Target atItsDoor(Target target, Door door) {
        return target.address().equals(HostPort.LOOPBACK) && ports.hasMoved(door, target.port())
                ? new Target(
                        target.name(),
                        target.address(),
                        ports.of(door),
                        target.weight(),
                        target.adminState())
                : target;
    }

    private static <S extends dev.weir.model.Spec> Draft<S> with(Resource<S> resource, S spec) {
        return new Draft<>(resource.name(), resource.description(), resource.labels(), spec);
    }

    private static VirtualServer withPort(VirtualServer server, int port) {
        return new VirtualServer(
                server.address(),
                port,
                server.protocol(),
                server.adminState(),
                server.hostnames(),
                server.tls(),
                server.rules(),
                server.defaultTargetGroup());
    }
}
