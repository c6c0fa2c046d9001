package dev.weir.agent.snmp;

import dev.weir.agent.stats.UpTime;
import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.UserSecurity;

import org.snmp4j.Snmp;
import org.snmp4j.agent.DefaultMOServer;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.DefaultCounterListener;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/// Serves the newest snapshot over SNMP: SNMPv3 with authentication and privacy, and SNMPv2c on
/// loopback where a community is configured. Read-only.
///
/// One thread receives and answers; a request never triggers a scrape.
public final class SnmpAgent implements AutoCloseable {
    private final Snmp snmp;
    private final DefaultUdpTransportMapping transport;
    private final int port;

    private SnmpAgent(Snmp snmp, DefaultUdpTransportMapping transport) {
        this.snmp = snmp;
        this.transport = transport;
        this.port = transport.getListenAddress().getPort();
    }

    /// Binds the port and begins to answer.
    ///
    /// @param snapshots the newest snapshot; called for every request, must return at once
    /// @throws UncheckedIOException where the port cannot be had or the state cannot be written
    public static SnmpAgent start(
            SnmpAgentSettings settings, Supplier<MibSnapshot> snapshots, UpTime upTime) {
        DefaultUdpTransportMapping transport = bound(settings);
        try {
            EngineIdentity engine = EngineIdentity.start(settings.state());
            GuardedDispatcher dispatcher =
                    new GuardedDispatcher(
                            new SourceLimit(settings.requestsPerSecond(), upTime.nanoTime()));
            Snmp snmp = new Snmp(dispatcher, transport);
            CounterSupport counters = new CounterSupport();
            counters.addCounterListener(new DefaultCounterListener());
            SystemGroup system = new SystemGroup(settings.description(), upTime);
            counters.addCounterListener(system);
            dispatcher.addCounterListener(counters::fireIncrementCounter);
            if (settings.community() != null) {
                dispatcher.addMessageProcessingModel(new MPv2c());
            }
            dispatcher.addMessageProcessingModel(
                    new UserSecurity(
                                    engine.engineId().getValue(),
                                    engine.boots(),
                                    settings.users(),
                                    counters)
                            .processing());
            dispatcher.removeCommandResponder(snmp);
            dispatcher.addCommandResponder(
                    processor(settings, engine.engineId(), snapshots, system));
            SnmpAgent agent = new SnmpAgent(snmp, transport);
            transport.listen();
            return agent;
        } catch (IOException | DuplicateRegistrationException | RuntimeException failed) {
            closeQuietly(transport);
            throw failed instanceof RuntimeException broken
                    ? broken
                    : new IllegalStateException("SNMP agent: cannot start", failed);
        }
    }

    /// The UDP port that is answered on.
    public int port() {
        return port;
    }

    /// Ends the thread and frees the port.
    @Override
    public void close() {
        try {
            snmp.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("SNMP agent: cannot be closed", failed);
        }
        closeQuietly(transport);
    }

    private static BulkProcessor processor(
            SnmpAgentSettings settings,
            OctetString engineId,
            Supplier<MibSnapshot> snapshots,
            SystemGroup system)
            throws DuplicateRegistrationException {
        OctetString noContext = new OctetString();
        DefaultMOServer server = new DefaultMOServer();
        server.addContext(noContext);
        system.registerMOs(server, noContext);
        server.register(new SnapshotObject(snapshots), noContext);
        BulkProcessor processor = new BulkProcessor(engineId, snapshots);
        ReadAccess access =
                new ReadAccess(
                        settings.community() == null
                                ? null
                                : new OctetString(settings.community().reveal()),
                        engineId);
        processor.setVacm(access);
        processor.setCoexistenceProvider(access);
        processor.addMOServer(server);
        return processor;
    }

    private static DefaultUdpTransportMapping bound(SnmpAgentSettings settings) {
        var address = settings.address();
        try {
            return new DefaultUdpTransportMapping(
                    new UdpAddress(address.getAddress(), address.getPort()));
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "SNMP address %s:%d: cannot be bound (%s); choose another port or end the program that has it"
                            .formatted(
                                    address.getHostString(), address.getPort(), taken.getMessage()),
                    taken);
        }
    }

    private static void closeQuietly(DefaultUdpTransportMapping transport) {
        try {
            transport.close();
        } catch (IOException alreadyClosed) {
            // a datagram socket has nothing to lose
        }
    }
}
