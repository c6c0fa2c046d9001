package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Precondition;
import dev.weir.model.Cluster;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Node;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// A node's certificate and the real join door over mutual TLS.
class RenewalTest {
    private static final String CLUSTER = "east";
    private static final String NODE = "east-1";

    /// Two thirds of 397 days are 264 days and some hours.
    private static final Duration NOT_YET = Duration.ofDays(264);

    private static final Duration DUE = Duration.ofDays(265);

    @TempDir private Path folder;
    private final Parts parts = new Parts(Duration.ofSeconds(5));

    @SuppressWarnings("NullAway.Init") // made before each test
    private Backend backend;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HostPort door;

    @SuppressWarnings("NullAway.Init") // made before each test
    private JoinDirectory own;

    @BeforeEach
    void join() throws Exception {
        backend =
                Backend.start(
                        parts, folder.resolve("admin"), null, Backend.Xds.plain(freeAddress()));
        put(Draft.of(CLUSTER, new Cluster(Engine.EMBEDDED, false)));
        put(Draft.of(NODE, new Node(URI.create("https://127.0.0.1:7"), null)));
        JoinDirectory shared = new JoinDirectory(folder.resolve("join"));
        shared.write(backend.admin());
        door = freeAddress();
        OneTimeToken token =
                OneTimeToken.open(
                        folder.resolve("join-token"),
                        backend.admin().authority().certificatePem(),
                        new SecureRandom());
        var _ =
                parts.start(
                        "join",
                        () ->
                                new JoinDoor(
                                                door,
                                                backend,
                                                shared,
                                                new NodeTokens(backend.admin()),
                                                token)
                                        .start());
        own = new JoinDirectory(folder.resolve("node"));
        Resource<Node> node =
                Objects.requireNonNull(
                        backend.admin().ledger().current(CLUSTER).orElseThrow().nodes().get(NODE));
        own.keep(shared.enrol(backend.admin(), node, HostPort.LOOPBACK));
    }

    @AfterEach
    void stop() {
        parts.close();
    }

    @Test
    void renewsWhenTwoThirdsOfItsLifeAreGoneAndAgainWithTheNewOne() throws Exception {
        String first = own.chainPem();
        startAt(NOT_YET);
        assertThat(own.chainPem()).isEqualTo(first);
        startAt(DUE);
        String second = own.chainPem();
        assertThat(second).isNotEqualTo(first);
        startAt(DUE);
        assertThat(own.chainPem()).as("the new key fits").isNotEqualTo(second);
    }

    @Test
    void getsNothingForADeletedNode() throws Exception {
        String before = own.chainPem();
        edit(new Edit.Delete(new Reference(Kind.NODE, NODE), Precondition.NONE));
        put(Draft.of(NODE, new Node(URI.create("https://127.0.0.1:7"), null)));
        startAt(DUE);
        assertThat(own.chainPem()).as("of an earlier node of that name").isEqualTo(before);
    }

    @Test
    void getsNothingWithTheCertificateOfTheServersOwnMachine() throws Exception {
        JoinDirectory shared = new JoinDirectory(folder.resolve("join"));
        String before = shared.chainPem();
        new Renewal(door, shared, at(DUE)).start().close();
        assertThat(shared.chainPem()).isEqualTo(before);
    }

    private void startAt(Duration later) {
        new Renewal(door, own, at(later)).start().close();
    }

    private static InstantSource at(Duration later) {
        return InstantSource.fixed(Instant.now().plus(later));
    }

    private void put(Draft<?> draft) throws Exception {
        edit(new Edit.Put(draft, Precondition.NONE));
    }

    private void edit(Edit.Step step) throws Exception {
        var _ =
                backend.admin()
                        .ledger()
                        .edit(new Edit(CLUSTER, Edit.of(List.of(step)), "test", "", false));
    }

    private static HostPort freeAddress() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return HostPort.loopback(socket.getLocalPort());
        }
    }
}
