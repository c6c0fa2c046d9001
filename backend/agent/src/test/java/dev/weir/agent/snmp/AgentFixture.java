package dev.weir.agent.snmp;

import dev.weir.agent.stats.UpTime;
import dev.weir.model.Secret;
import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.SnmpException;
import dev.weir.snmp.SnmpSecurity;
import dev.weir.snmp.SnmpSession;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// An agent on loopback whose snapshot a test can replace.
final class AgentFixture implements AutoCloseable {
    static final SnmpSecurity.User USER =
            new SnmpSecurity.User(
                    "console", new Secret("authentication1"), new Secret("privacy-phrase"));
    static final SnmpSecurity.Community COMMUNITY =
            new SnmpSecurity.Community(new Secret("public"));

    final AtomicReference<MibSnapshot> snapshot = new AtomicReference<>(Samples.snapshot(3, 7));
    private final SnmpAgent agent;

    AgentFixture(Path state) {
        this(state, 0);
    }

    AgentFixture(Path state, int port) {
        agent =
                SnmpAgent.start(
                        new SnmpAgentSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                List.of(USER),
                                COMMUNITY.community(),
                                state,
                                "Weir 0.1.0",
                                SnmpAgentSettings.DEFAULT_REQUESTS_PER_SECOND),
                        snapshot::get,
                        UpTime.starting(System::nanoTime));
    }

    int port() {
        return agent.port();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port());
    }

    SnmpSession session(SnmpSecurity security) throws SnmpException {
        return SnmpSession.open(address(), security, Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        agent.close();
    }
}
