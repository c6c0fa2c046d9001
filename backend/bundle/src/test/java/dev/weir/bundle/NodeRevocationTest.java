package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.admin.Admin;
import dev.weir.admin.AdminServer;
import dev.weir.admin.Binding;
import dev.weir.admin.auth.Identity;
import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Precondition;
import dev.weir.admin.resource.RefusedException;
import dev.weir.api.AgentClient;
import dev.weir.api.ApiException;
import dev.weir.api.Connection;
import dev.weir.api.WeirClient;
import dev.weir.model.Cluster;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Node;
import dev.weir.model.NodeIdentity;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// What a node got by joining is worth nothing once it is deleted.
class NodeRevocationTest {
    private static final String CLUSTER = "east";
    private static final HostPort NOWHERE = HostPort.loopback(0);

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Admin admin;

    @SuppressWarnings("NullAway.Init") // made before each test
    private JoinDirectory directory;

    @BeforeEach
    void start() throws Exception {
        admin = Admin.open(folder.resolve("admin"), InstantSource.system(), new SecureRandom());
        directory = new JoinDirectory(folder.resolve("join"));
        directory.write(admin);
        edit(
                new Edit.Put(
                        Draft.of(CLUSTER, new Cluster(Engine.EMBEDDED, false)), Precondition.NONE));
        declare();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void takesBackTheTokenOfADeletedNodeAndNoOther() throws Exception {
        Secret own = directory.enrol(admin, node(), HostPort.LOOPBACK).apiToken();
        try (NodeTokens tokens = new NodeTokens(admin).start();
                AdminServer server = admin.server(binding()).start()) {
            assertThat(allows(server, own)).isTrue();
            tokens.sweep();
            assertThat(allows(server, own)).isTrue();

            delete();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (allows(server, own)) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
            declare();
            assertThat(allows(server, own)).as("of the same name").isFalse();
            assertThat(allows(server, directory.apiToken())).as("of this machine").isTrue();
        }
    }

    @Test
    void takesBackTokensOfNodesThatWereDeletedWhileNobodyFollowed() throws Exception {
        Secret own = directory.enrol(admin, node(), HostPort.LOOPBACK).apiToken();
        delete();
        try (NodeTokens _ = new NodeTokens(admin).start();
                AdminServer server = admin.server(binding()).start()) {
            assertThat(allows(server, own)).isFalse();
        }
    }

    @Test
    void asksNoAgentWhoseCertificateWasIssuedToAnEarlierNode() throws Exception {
        Resource<Node> before = node();
        Enrolment enrolment = directory.enrol(admin, before, HostPort.LOOPBACK);
        HostPort listen = HostPort.loopback(freePort());
        AtomicInteger requests = new AtomicInteger();
        HttpsDoor door =
                new HttpsDoor(
                        listen,
                        new Identity(enrolment.chainPem(), enrolment.key()),
                        1000,
                        routing ->
                                routing.any((request, response) -> {
                                    requests.incrementAndGet();
                                    response.status(404).send();
                                }));
        door.start();
        try {
            Throwable asked = catchThrowable(() -> client(listen, before).observe("run"));
            assertThat(String.valueOf(asked)).doesNotContain("not issued to it");
            assertThat(requests).hasValue(1);
            delete();
            declare();
            assertThatThrownBy(() -> client(listen, node()).observe("run"))
                    .hasMessageContaining("node east-1: the agent at")
                    .hasMessageContaining("certificate that was not issued to it; join it again");
            assertThat(requests).as("nothing was sent").hasValue(1);
        } finally {
            door.close();
        }
    }

    @Test
    void opensEachDoorWithATokenOfItsOwn() throws Exception {
        Enrolment first = directory.enrol(admin, node(), HostPort.LOOPBACK);
        Secret expected = DoorToken.of(directory.doorToken(), NodeIdentity.of(node()));
        assertThat(first.doorToken().reveal())
                .isEqualTo(expected.reveal())
                .isNotEqualTo(directory.doorToken().reveal());
        delete();
        declare();
        assertThat(directory.enrol(admin, node(), HostPort.LOOPBACK).doorToken().reveal())
                .isNotEqualTo(first.doorToken().reveal());
    }

    private Binding binding() {
        Identity identity = admin.authority().issue("admin", List.of(HostPort.LOOPBACK));
        return new Binding(InetAddress.ofLiteral(HostPort.LOOPBACK), 0, identity);
    }

    private AgentClient client(HostPort door, Resource<Node> node) {
        return new AgentClient(
                Connection.of(
                        URI.create("https://" + door),
                        admin.authority().certificatePem(),
                        null,
                        "test"),
                node);
    }

    private boolean allows(AdminServer server, Secret token) throws IOException {
        try (WeirClient client =
                new WeirClient(
                        Connection.of(
                                URI.create("https://" + HostPort.loopback(server.port())),
                                admin.authority().certificatePem(),
                                token,
                                "test"))) {
            client.version();
            return true;
        } catch (ApiException refused) {
            assertThat(refused.status()).isEqualTo(401);
            return false;
        }
    }

    private Resource<Node> node() {
        return Objects.requireNonNull(
                admin.ledger().current(CLUSTER).orElseThrow().nodes().get("east-1"));
    }

    private void declare() throws RefusedException {
        edit(
                new Edit.Put(
                        Draft.of("east-1", new Node(URI.create("https://" + NOWHERE), null)),
                        Precondition.NONE));
    }

    private void delete() throws RefusedException {
        edit(new Edit.Delete(new Reference(Kind.NODE, "east-1"), Precondition.NONE));
    }

    private void edit(Edit.Step step) throws RefusedException {
        var _ = admin.ledger().edit(new Edit(CLUSTER, Edit.of(List.of(step)), "test", "", false));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
