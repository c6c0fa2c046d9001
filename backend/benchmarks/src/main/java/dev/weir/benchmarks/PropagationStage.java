package dev.weir.benchmarks;

import com.sun.net.httpserver.HttpServer;

import dev.weir.controller.DiscoveryBinding;
import dev.weir.controller.DiscoveryServer;
import dev.weir.model.Change;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.VirtualServer;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// A controller, an engine and two targets `a` and `b`, with many virtual servers in place; each
/// has a target group of its own. Each edit method returns once traffic follows.
///
/// Belongs to one thread.
final class PropagationStage implements AutoCloseable {
    private static final String CLUSTER = "bench";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Virtual servers on one loopback address; the next ones use the next address, because a
    /// machine may not have thousands of free ports.
    private static final int PER_NETWORK = 250;

    private final InMemoryRevisions declared;
    private final DiscoveryServer controller;
    private final EngineRun engine;
    private final HttpServer a = target("a");
    private final HttpServer b = target("b");
    private final int port = freePort();
    private final KeepAliveProbe probe;
    private final String edited;
    private final int added;
    private boolean onB;

    PropagationStage(Engine kind, int virtualServers) throws IOException {
        declared = new InMemoryRevisions(CLUSTER, kind);
        controller =
                new DiscoveryServer(
                        declared,
                        DiscoveryBinding.plain(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        InstantSource.system(),
                        System::nanoTime);
        controller.start();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < virtualServers; i++) {
            changes.add(declared.change("g" + i, SampleSpecs.group(portOf(a))));
            changes.add(declared.change("s" + i, virtualServer(i, "g" + i)));
        }
        changes.add(declared.change("other", SampleSpecs.group(portOf(b))));
        declared.commit(changes);
        engine = EngineRun.start(kind, CLUSTER, controller.address());
        edited = "s" + virtualServers / 2;
        added = virtualServers;
        awaitAll(virtualServers);
        probe = new KeepAliveProbe(address(virtualServers / 2));
    }

    /// Moves a target group to the other target.
    void moveTarget() throws IOException {
        String group = "g" + edited.substring(1);
        declared.put(group, SampleSpecs.group(portOf(onB ? a : b)));
        awaitOther();
    }

    /// Points a virtual server at another target group.
    void changeRoute() throws IOException {
        String group = onB ? "g" + edited.substring(1) : "other";
        declared.put(edited, virtualServer(Integer.parseInt(edited.substring(1)), group));
        awaitOther();
    }

    /// Creates a virtual server with its target group.
    void add() throws IOException {
        declared.commit(
                List.of(
                        declared.change("g" + added, SampleSpecs.group(portOf(a))),
                        declared.change("s" + added, virtualServer(added, "g" + added))));
        awaitListening(added);
    }

    /// Deletes it again.
    void remove() {
        declared.commit(
                List.of(
                        declared.removal(Kind.VIRTUAL_SERVER, "s" + added),
                        declared.removal(Kind.TARGET_GROUP, "g" + added)));
        while (true) {
            try (KeepAliveProbe closing = new KeepAliveProbe(address(added))) {
                closing.ask();
            } catch (IOException gone) {
                return;
            }
        }
    }

    /// Waits until the node has acknowledged all there is, so that edits are measured one by one.
    void settle() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long newest = declared.now().revision();
        while (controller
                .rollout(CLUSTER)
                .filter(rollout -> rollout.appliedNodes(newest) == 1)
                .isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "revision " + newest + ": not applied; " + controller.rollout(CLUSTER));
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() throws IOException {
        probe.close();
        engine.close();
        controller.close();
        a.stop(0);
        b.stop(0);
    }

    private void awaitOther() throws IOException {
        onB = !onB;
        String expected = onB ? "b" : "a";
        while (!probe.ask().equals(expected)) {
            Thread.onSpinWait();
        }
    }

    private void awaitAll(int virtualServers) throws IOException {
        settle();
        awaitListening(virtualServers - 1);
    }

    private void awaitListening(int number) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (KeepAliveProbe opening = new KeepAliveProbe(address(number))) {
                if (opening.ask().equals("a")) {
                    return;
                }
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
        }
    }

    private VirtualServer virtualServer(int number, String group) {
        VirtualServer local = SampleSpecs.http(port, group);
        return new VirtualServer(
                host(number),
                port,
                local.protocol(),
                local.adminState(),
                List.of(),
                null,
                List.of(),
                group);
    }

    private InetSocketAddress address(int number) {
        return new InetSocketAddress(host(number), port);
    }

    private static String host(int number) {
        return "127.1.%d.%d".formatted(number / PER_NETWORK, 1 + number % PER_NETWORK);
    }

    private static int portOf(HttpServer server) {
        return server.getAddress().getPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static HttpServer target(String body) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length());
                    exchange.getResponseBody().write(body.charAt(0));
                    exchange.close();
                });
        server.start();
        return server;
    }
}
