package dev.weir.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.weir.model.Secret;
import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.SnmpException;
import dev.weir.snmp.SnmpPoller;
import dev.weir.snmp.SnmpSecurity;
import dev.weir.snmp.SnmpSession;
import dev.weir.snmp.VirtualServerStats;
import dev.weir.snmp.WeirMib;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class SnmpAgentTest {
    @TempDir Path state;
    private AgentFixture agent;

    @BeforeEach
    void start() {
        agent = new AgentFixture(state);
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    static Stream<SnmpSecurity> securities() {
        return Stream.of(AgentFixture.USER, AgentFixture.COMMUNITY);
    }

    @ParameterizedTest
    @MethodSource("securities")
    void everythingThatIsAskedForIsInTheSnapshot(SnmpSecurity security) throws SnmpException {
        MibSnapshot snapshot = agent.snapshot.get();
        try (SnmpSession session = agent.session(security)) {
            assertThat(session.scalars()).isEqualTo(snapshot.scalars());
            assertThat(session.virtualServers()).isEqualTo(snapshot.virtualServers());
            assertThat(session.virtualServers(List.of(7)))
                    .containsEntry(7, snapshot.virtualServers().get(1));
            assertThat(session.stats().values()).containsExactlyElementsOf(snapshot.stats());
            assertThat(session.stats(List.of(3, 5)))
                    .containsOnlyKeys(3)
                    .containsValue(snapshot.stats().getFirst());
            assertThat(session.states()).containsOnlyKeys(3, 7);
        }
    }

    @Test
    void walksTheWholeModuleAndTheSystemGroup() throws SnmpException {
        List<VariableBinding> found = new ArrayList<>();
        try (SnmpSession session = agent.session(AgentFixture.COMMUNITY)) {
            session.walk(WeirMib.ROOT, found::add);
            assertThat(found).hasSize(agent.snapshot.get().size());
            List<VariableBinding> system = new ArrayList<>();
            session.walk(new OID("1.3.6.1.2.1.1"), system::add);
            assertThat(system)
                    .extracting(binding -> binding.getVariable().toString())
                    .contains("Weir 0.1.0", WeirMib.AGENT_ID.toString());
        }
    }

    @Test
    void aThousandRowsGoThroughManyPackets() throws SnmpException {
        agent.snapshot.set(Samples.snapshot(IntStream.rangeClosed(1, 1000).toArray()));
        try (SnmpSession session = agent.session(AgentFixture.USER)) {
            assertThat(session.virtualServers()).hasSize(1000);
            assertThat(session.stats().values())
                    .containsExactlyElementsOf(agent.snapshot.get().stats());
        }
    }

    @Test
    void theWrongCommunityHearsNothing() throws SnmpException {
        SnmpSecurity wrong = new SnmpSecurity.Community(new Secret("private"));
        try (SnmpSession session =
                SnmpSession.open(agent.address(), wrong, Duration.ofMillis(100))) {
            assertReason(session, SnmpException.Reason.NO_ANSWER);
        }
    }

    @Test
    void theWrongUserAndTheWrongPassphraseAreToldApart() throws SnmpException {
        Secret phrase = new Secret("authentication1");
        try (SnmpSession session = agent.session(new SnmpSecurity.User("nobody", phrase, phrase))) {
            assertReason(session, SnmpException.Reason.UNKNOWN_USER);
        }
        try (SnmpSession session =
                agent.session(new SnmpSecurity.User("console", new Secret("guess-work"), phrase))) {
            assertReason(session, SnmpException.Reason.WRONG_PASSPHRASE);
        }
    }

    @Test
    void aCommunityIsRefusedBeyondLoopback() {
        assertThatThrownBy(() ->
                        new SnmpAgentSettings(
                                new InetSocketAddress("0.0.0.0", 0),
                                List.of(),
                                new Secret("public"),
                                state,
                                "",
                                1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void aPollerSeesRowsGoAndTheAgentStartAgain() throws SnmpException {
        SnmpSession session = agent.session(AgentFixture.USER);
        SnmpPoller poller = new SnmpPoller(session);
        SnmpPoller.Poll first = poller.poll(Set.of(3, 7));
        assertThat(first.tableChanged()).isTrue();
        assertThat(first.table()).hasSize(2);
        assertThat(first.stats()).containsOnlyKeys(3, 7);
        assertThat(poller.poll(Set.of(3)).tableChanged()).isFalse();
        agent.snapshot.set(Samples.snapshot(3));
        assertThat(poller.poll(Set.of(3, 7)).gone()).containsExactly(7);

        int port = agent.port();
        waitForUpTime();
        poller.poll(Set.of());
        agent.close();
        agent = new AgentFixture(state, port);
        SnmpPoller.Poll again = poller.poll(Set.of(3));
        assertThat(again.restarted()).isTrue();
        assertThat(again.tableChanged()).isTrue();
        session.close();
    }

    @Test
    void bootsAreCountedAndTheEngineStaysTheSame() {
        EngineIdentity second = EngineIdentity.start(state);
        EngineIdentity third = EngineIdentity.start(state);
        assertThat(second.boots()).isEqualTo(2);
        assertThat(third.boots()).isEqualTo(3);
        assertThat(third.engineId()).isEqualTo(second.engineId());
        assertThat(third.engineId().length()).isEqualTo(21);
    }

    @Test
    void rowsComeAndGoDuringWalks() throws Exception {
        int[] all = IntStream.rangeClosed(1, 200).toArray();
        int[] odd = IntStream.of(all).filter(index -> index % 2 == 1).toArray();
        MibSnapshot whole = Samples.snapshot(all);
        MibSnapshot half = Samples.snapshot(odd);
        agent.snapshot.set(whole);
        Thread churn =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                agent.snapshot.set(half);
                                LockSupport.parkNanos(100_000);
                                agent.snapshot.set(whole);
                                LockSupport.parkNanos(100_000);
                            }
                        });
        try (SnmpSession session = agent.session(AgentFixture.COMMUNITY)) {
            for (int round = 0; round < 20; round++) {
                List<Integer> found =
                        session.stats().values().stream()
                                .map(VirtualServerStats::index)
                                .filter(index -> index % 2 == 1)
                                .toList();
                assertThat(found).hasSize(100);
            }
        } finally {
            churn.interrupt();
            churn.join();
        }
    }

    @Test
    void junkIsAnsweredBySilenceAndDoesNoHarm() throws Exception {
        Random random = new Random(42);
        byte[] real = request();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(1);
            for (int round = 0; round < 5000; round++) {
                byte[] bytes;
                if (round % 2 == 0) {
                    bytes = new byte[random.nextInt(1400)];
                    random.nextBytes(bytes);
                } else {
                    bytes = real.clone();
                    for (int i = 0; i < 3; i++) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                    }
                }
                socket.send(new DatagramPacket(bytes, bytes.length, agent.address()));
            }
            byte[] nested = new byte[60_000];
            for (int i = 0; i + 4 <= nested.length; i += 4) {
                nested[i] = 0x30;
                nested[i + 1] = (byte) 0x82;
                nested[i + 2] = (byte) ((nested.length - i - 4) >> 8);
                nested[i + 3] = (byte) (nested.length - i - 4);
            }
            socket.send(new DatagramPacket(nested, nested.length, agent.address()));
        }
        try (SnmpSession session = agent.session(AgentFixture.USER)) {
            assertThat(session.virtualServers()).hasSize(2);
        }
    }

    @Test
    void oneSourceCannotTakeAllTheTime() throws Exception {
        long[] now = {0};
        SourceLimit limit = new SourceLimit(10, () -> now[0]);
        InetAddress remote = InetAddress.ofLiteral("192.0.2.1");
        for (int i = 0; i < 50; i++) {
            assertThat(limit.admits(remote)).isTrue();
        }
        assertThat(limit.admits(remote)).isFalse();
        assertThat(limit.admits(InetAddress.ofLiteral("192.0.2.2"))).isTrue();
        now[0] += 100_000_000;
        assertThat(limit.admits(remote)).isTrue();
        assertThat(limit.admits(remote)).isFalse();
        for (int i = 0; i < 200; i++) {
            assertThat(limit.admits(InetAddress.getLoopbackAddress())).isTrue();
        }
    }

    /// Until `sysUpTime` is past what a fresh agent says at first.
    private static void waitForUpTime() {
        long until = System.nanoTime() + Duration.ofMillis(700).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /// A GETBULK of SNMPv2c, as bytes.
    private static byte[] request() throws IOException {
        PDU pdu = new PDU(PDU.GETBULK, List.of(new VariableBinding(WeirMib.ROOT)));
        pdu.setMaxRepetitions(45);
        BEROutputStream bytes = new BEROutputStream(ByteBuffer.allocate(1024));
        new Integer32(1).encodeBER(bytes);
        new OctetString("public").encodeBER(bytes);
        pdu.encodeBER(bytes);
        int length = bytes.getBuffer().position();
        byte[] message = new byte[length + 2];
        message[0] = 0x30;
        message[1] = (byte) length;
        System.arraycopy(bytes.getBuffer().array(), 0, message, 2, length);
        return message;
    }

    private static void assertReason(SnmpSession session, SnmpException.Reason reason) {
        assertThatThrownBy(session::scalars)
                .asInstanceOf(type(SnmpException.class))
                .extracting(SnmpException::reason)
                .isEqualTo(reason);
    }
}
