package dev.weir.benchmarks;

import dev.weir.api.Codec;
import dev.weir.api.Connection;
import dev.weir.api.Documents;
import dev.weir.api.PageQuery;
import dev.weir.api.WeirClient;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Node;
import dev.weir.model.Rollout;
import dev.weir.model.Secret;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `weir serve` and `weir agent` as an operator starts them, each a process of its own, and a
/// client with a token.
///
/// Belongs to one thread.
final class PropagationSite implements AutoCloseable {
    static final String CLUSTER = "bench";
    private static final String NODE = "node";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long POLL_NANOS = 1_000_000;
    private static final Pattern PASSWORD = Pattern.compile("password '([^']+)'");

    private final Engine engine;
    private final Path directory = Files.createTempDirectory("weir-propagation");
    private final int admin = freePort();
    private final int xds = freePort();
    private final int agentDoor = freePort();
    private final int snmp = freePort();
    private WeirProcess server;
    private WeirProcess agent;
    private WeirClient client;

    /// A site whose cluster holds nothing but its node.
    PropagationSite(Engine engine) throws IOException {
        this.engine = engine;
        server = startServer();
        client = connect();
        apply(
                List.of(
                        Draft.of(CLUSTER, new dev.weir.model.Cluster(engine, false)),
                        Draft.of(
                                NODE,
                                new Node(
                                        URI.create("https://" + loopback(agentDoor)),
                                        loopback(snmp)))));
        agent = startAgent();
    }

    WeirClient client() {
        return client;
    }

    /// Creates and replaces resources in one revision.
    void apply(List<Draft<?>> drafts) throws IOException {
        String yaml = Documents.toYaml(drafts.stream().map(Codec::writeWithSecrets).toList());
        client.apply(CLUSTER, yaml, false, "");
    }

    /// Ends both processes and starts them on what they stored.
    void restart() throws IOException {
        client.close();
        agent.close();
        server.close();
        server = startServer();
        client = connect();
        agent = startAgent();
    }

    /// Waits until the node has acknowledged all there is.
    void settle() throws IOException {
        long newest =
                client.revisions(CLUSTER, new PageQuery(1, null, "")).items().getFirst().number();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Rollout> rollout = client.rollout(CLUSTER);
            if (rollout.filter(now -> now.appliedNodes(newest) == 1).isPresent()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("revision " + newest + ": not applied; " + rollout);
            }
            server.requireAlive();
            agent.requireAlive();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        agent.close();
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private WeirProcess startServer() throws IOException {
        return WeirProcess.start(
                directory.resolve("server.log"),
                "serve",
                List.of(
                        "--data",
                        directory.resolve("server").toString(),
                        "--admin-listen",
                        loopback(admin),
                        "--xds-listen",
                        loopback(xds)));
    }

    private WeirProcess startAgent() throws IOException {
        return WeirProcess.start(
                directory.resolve("agent.log"),
                "agent",
                List.of(
                        "--data",
                        directory.resolve("agent").toString(),
                        "--admin",
                        "https://" + loopback(admin),
                        "--join",
                        join().toString(),
                        "--xds",
                        loopback(xds),
                        "--cluster",
                        CLUSTER,
                        "--node",
                        NODE,
                        "--agent-listen",
                        loopback(agentDoor),
                        "--snmp-listen",
                        loopback(snmp),
                        "--engine",
                        engine.name().toLowerCase(Locale.ROOT)));
    }

    /// A client that is served, with the session of the first user.
    private WeirClient connect() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                WeirClient stranger =
                        new WeirClient(
                                Connection.of(
                                        URI.create("https://" + loopback(admin)),
                                        Files.readString(join().resolve("ca.pem")),
                                        null,
                                        "weir-benchmark"));
                String token = stranger.login("admin", password()).token();
                return stranger.withToken(new Secret(token));
            } catch (IOException notYet) {
                server.requireAlive();
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(POLL_NANOS * 10);
            }
        }
    }

    /// What the first start printed.
    private Secret password() throws IOException {
        Matcher printed = PASSWORD.matcher(Files.readString(directory.resolve("server.log")));
        if (!printed.find()) {
            throw new IOException("weir serve has printed no password yet");
        }
        return new Secret(printed.group(1));
    }

    private Path join() {
        return directory.resolve("server").resolve("join");
    }

    private static String loopback(int port) {
        return "127.0.0.1:" + port;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
