package dev.weir.bundle;

import dev.weir.api.ApiException;
import dev.weir.api.Connection;
import dev.weir.api.ReadyFile;
import dev.weir.api.WeirClient;
import dev.weir.model.Configuration;
import dev.weir.model.Resource;
import dev.weir.model.Rollout;
import dev.weir.model.RolloutStatusSource;
import dev.weir.model.Secret;
import dev.weir.model.VirtualServer;
import dev.weir.snmp.SnmpSecurity;
import dev.weir.snmp.SnmpSession;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Knocks on every door of the lab until each has answered.
final class Probe {
    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final int CONNECT_MILLIS = 1000;

    private final RolloutStatusSource rollouts;
    private final LongSupplier nanoTime;
    private final Pause pause;

    Probe(RolloutStatusSource rollouts, LongSupplier nanoTime, Pause pause) {
        this.rollouts = rollouts;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /// What may or may not hold yet.
    private interface Condition {
        boolean holds() throws IOException;
    }

    /// Returns when all of it serves. A virtual server that the node refuses is left to the
    /// operator: it shows with its reason, and fixing it needs the lab.
    ///
    /// @throws StartException where something does not answer in time
    void awaitReady(
            ReadyFile ready,
            Secret token,
            String caPem,
            Configuration configuration,
            Duration patience)
            throws StartException, InterruptedException {
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        await(
                "admin " + ready.admin(),
                deadline,
                () -> {
                    try (WeirClient client =
                            new WeirClient(
                                    Connection.of(ready.admin(), caPem, token, "weir-lab"))) {
                        return !client.version().user().isEmpty();
                    }
                });
        await(
                "agent " + ready.agents(),
                deadline,
                () -> {
                    for (URI agent : ready.agents()) {
                        // the agent's path of health is the admin's
                        try (WeirClient client =
                                new WeirClient(Connection.of(agent, caPem, null, "weir-lab"))) {
                            client.health();
                        }
                    }
                    return true;
                });
        await("snmp " + ready.snmp().address(), deadline, () -> answersSnmp(ready.snmp()));
        await("pprof " + ready.pprof(), deadline, () -> connects(ready.pprof()));
        await("proxy " + LabSample.NODE, deadline, () -> hasApplied(configuration.revision()));
        Set<String> refused = refused();
        for (Map.Entry<String, URI> server : ready.virtualServers().entrySet()) {
            if (refused.contains(server.getKey())) {
                LOG.warn("virtual server {}: is refused by the node", server.getKey());
            } else {
                await(
                        "virtual server " + server.getKey() + " " + server.getValue(),
                        deadline,
                        () -> connects(server.getValue()));
            }
        }
    }

    /// Where the enabled ones of the sample's virtual servers can be reached from this machine.
    static Map<String, URI> addresses(Configuration configuration) {
        Map<String, URI> addresses = new HashMap<>();
        for (Door door : java.util.List.of(Door.SHOP, Door.PAY)) {
            Resource<VirtualServer> server = configuration.virtualServers().get(door.word());
            if (server != null && server.spec().adminState() == VirtualServer.AdminState.ENABLED) {
                String scheme =
                        switch (server.spec().protocol()) {
                            case HTTP -> "http";
                            case HTTPS -> "https";
                        };
                addresses.put(
                        door.word(),
                        URI.create(scheme + "://" + HostPort.loopback(server.spec().port())));
            }
        }
        return addresses;
    }

    private boolean hasApplied(long revision) {
        return node().map(node ->
                        node.connected()
                                && (node.applied() >= revision || !node.rejections().isEmpty()))
                .orElse(false);
    }

    private Set<String> refused() {
        return node().stream()
                .flatMap(node -> node.rejections().stream())
                .map(rejection -> rejection.resource().name())
                .collect(Collectors.toSet());
    }

    private Optional<Rollout.NodeRollout> node() {
        return rollouts.rollout(LabSample.CLUSTER)
                .map(rollout -> rollout.nodes().get(LabSample.NODE));
    }

    private void await(String door, long deadline, Condition condition)
            throws StartException, InterruptedException {
        String reason = "no answer";
        while (nanoTime.getAsLong() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (ApiException refused) {
                throw new StartException(door + ": refuses: " + refused.getMessage(), refused);
            } catch (IOException notYet) {
                reason = Failures.shortly(notYet);
            }
            pause.sleep(PERIOD);
        }
        throw new StartException(
                door
                        + ": does not serve ("
                        + reason
                        + "); the log in the data directory says more");
    }

    private static boolean answersSnmp(ReadyFile.Snmp snmp) throws IOException {
        try (SnmpSession session =
                SnmpSession.open(
                        SnmpSession.address(snmp.address()),
                        new SnmpSecurity.Community(new Secret(snmp.community())))) {
            return session.scalars().node().equals(LabSample.NODE);
        }
    }

    private static boolean connects(URI address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            return true;
        }
    }
}
