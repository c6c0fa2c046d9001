package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.admin.Admin;
import dev.weir.admin.AdminServer;
import dev.weir.admin.Binding;
import dev.weir.admin.auth.Identity;
import dev.weir.api.Codec;
import dev.weir.api.Connection;
import dev.weir.api.Documents;
import dev.weir.api.Role;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Secret;
import dev.weir.testkit.SampleSpecs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class RemoteRevisionsTest {
    private static final String LAB = "lab";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    private Admin admin;
    private AdminServer server;
    private WeirClient client;

    @BeforeEach
    void start() throws IOException {
        admin = Admin.open(directory, InstantSource.system(), new SecureRandom());
        Identity identity = admin.authority().issue("admin", List.of("127.0.0.1"));
        server = admin.server(new Binding(InetAddress.ofLiteral("127.0.0.1"), 0, identity)).start();
        client = client("admin");
        client.put(LAB, Draft.of(LAB, new Cluster(Engine.EMBEDDED, false)), WriteOptions.CREATE);
        put("g0", 1);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        admin.close();
    }

    @Test
    void missesNothingThatIsCommittedWhileItReads() throws Exception {
        // the read of everything and the edits overlap in a way that no test decides: many at once
        Thread editing = Thread.ofVirtual().start(this::editALot);
        try (RemoteRevisions remote = agent()) {
            BlockingQueue<Configuration> heard = heardOf(remote);
            editing.join();
            put("last", 9);
            Configuration now = admin.ledger().current(LAB).orElseThrow();
            awaitRevision(heard, now.revision());
            assertThat(remote.current(LAB).orElseThrow().targetGroups())
                    .isEqualTo(now.targetGroups());
        }
    }

    @Test
    void readsWhatOneRevisionTouchedAndTellsOfIt() throws Exception {
        try (RemoteRevisions remote = agent()) {
            BlockingQueue<Configuration> heard = heardOf(remote);
            put("g1", 2);
            long added = admin.ledger().current(LAB).orElseThrow().revision();
            assertThat(awaitRevision(heard, added).targetGroups()).containsOnlyKeys("g0", "g1");
            delete("g0");
            long deleted = admin.ledger().current(LAB).orElseThrow().revision();
            assertThat(awaitRevision(heard, deleted).targetGroups()).containsOnlyKeys("g1");
        }
    }

    private void editALot() {
        try {
            for (int round = 0; round < 20; round++) {
                List<Draft<?>> many = new ArrayList<>();
                for (int i = 0; i < 150; i++) {
                    many.add(Draft.of("many" + i, SampleSpecs.group(1000 + round)));
                }
                client.apply(
                        LAB,
                        Documents.toYaml(many.stream().map(Codec::writeWithSecrets).toList()),
                        false,
                        "");
                put("g1", 2000 + round);
                delete("g1");
                delete("many" + round);
            }
        } catch (IOException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private void put(String name, int port) throws IOException {
        client.put(LAB, Draft.of(name, SampleSpecs.group(port)), WriteOptions.CREATE);
    }

    private void delete(String name) throws IOException {
        client.delete(LAB, new Reference(Kind.TARGET_GROUP, name), WriteOptions.replacing("*"));
    }

    /// Follows with no more rights than an agent has.
    private RemoteRevisions agent() throws IOException {
        admin.createUser("agent", Role.AGENT, new Secret("secret of the agent"));
        return new RemoteRevisions(client("agent"), LAB, InstantSource.system()).start();
    }

    private WeirClient client(String user) {
        return new WeirClient(
                Connection.of(
                        URI.create("https://127.0.0.1:" + server.port()),
                        admin.authority().certificatePem(),
                        admin.issueToken(user, "test"),
                        "weir-test"));
    }

    private static BlockingQueue<Configuration> heardOf(RemoteRevisions remote) {
        BlockingQueue<Configuration> heard = new LinkedBlockingQueue<>();
        var _ =
                remote.subscribe(
                        new RevisionSource.Listener() {
                            @Override
                            public void committed(Revision revision, Configuration now) {
                                heard.add(now);
                            }

                            @Override
                            public void deleted(String cluster) {}
                        });
        return heard;
    }

    private static Configuration awaitRevision(BlockingQueue<Configuration> heard, long revision)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Configuration now = heard.poll(1, TimeUnit.SECONDS);
            if (now != null && now.revision() >= revision) {
                return now;
            }
        }
        throw new AssertionError("revision " + revision + " was not heard of");
    }
}
