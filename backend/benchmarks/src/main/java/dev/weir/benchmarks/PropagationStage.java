package dev.weir.benchmarks;

import com.sun.net.httpserver.HttpServer;

import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.RouteRule;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;
import dev.weir.testkit.SampleSpecs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// A site with many virtual servers in place, each with a target group of its own, and two targets
/// `a` and `b` in this process. Each edit method makes one REST call and returns when traffic
/// follows.
///
/// The call is made on one thread while another asks for traffic, because an edit may reach it
/// before its call is answered. Belongs to one thread.
final class PropagationStage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int SEEDED_AT_ONCE = 1000;

    /// Between two probes: what they cost the machine must not be what is measured.
    private static final long PROBE_PAUSE_NANOS = 200_000;

    /// Virtual servers on one loopback address; the next ones use the next address, because a
    /// machine may not have thousands of free ports.
    private static final int PER_NETWORK = 250;

    private final PropagationSite site;
    private final ExecutorService caller = Executors.newSingleThreadExecutor();
    private final HttpServer a = target("a");
    private final HttpServer b = target("b");
    private final int port = PropagationSite.freePort();
    private final int virtualServers;
    private final int edited;
    private KeepAliveProbe probe;
    private String groupTag = "";
    private String serverTag = "";
    private boolean onB;

    /// How long one edit took.
    ///
    /// @param answered nanoseconds from the start of its call to the answer
    /// @param followed nanoseconds from the start of its call to the first traffic that shows it
    record Timing(long answered, long followed) {}

    PropagationStage(Engine engine, int virtualServers) throws IOException {
        this.virtualServers = virtualServers;
        this.edited = virtualServers / 2;
        site = new PropagationSite(engine);
        List<Draft<?>> drafts = new ArrayList<>();
        drafts.add(Draft.of("other", SampleSpecs.group(portOf(b))));
        for (int i = 0; i < virtualServers; i++) {
            drafts.add(group(i));
            drafts.add(Draft.of("s" + i, virtualServer(i, "g" + i)));
            if (drafts.size() >= SEEDED_AT_ONCE || i == virtualServers - 1) {
                site.apply(drafts);
                drafts.clear();
            }
        }
        serve();
    }

    /// Ends both processes, starts them again, and returns when everything serves.
    void restart() throws IOException {
        probe.close();
        site.restart();
        serve();
    }

    private void serve() throws IOException {
        site.settle();
        for (int i = 0; i < virtualServers; i++) {
            awaitListening(i);
        }
        probe = new KeepAliveProbe(address(edited));
        groupTag = tag(Kind.TARGET_GROUP, "g" + edited);
        serverTag = tag(Kind.VIRTUAL_SERVER, "s" + edited);
    }

    private String tag(Kind kind, String name) throws IOException {
        return site.client().get(PropagationSite.CLUSTER, kind, name).etag();
    }

    /// Moves the edited target group to the other target: one PUT of it.
    Timing moveTarget() throws Exception {
        Draft<?> moved = Draft.of("g" + edited, SampleSpecs.group(portOf(onB ? a : b)));
        return timed(client -> groupTag = put(client, moved, groupTag), this::awaitOther);
    }

    /// Points a route rule at another target group: one PUT of the virtual server.
    Timing changeRule() throws Exception {
        Draft<?> changed =
                Draft.of("s" + edited, virtualServer(edited, onB ? "g" + edited : "other"));
        return timed(client -> serverTag = put(client, changed, serverTag), this::awaitOther);
    }

    /// Drains one of two targets; `b` alone answers then, so twice in a row.
    Timing drain() throws Exception {
        Timing timing =
                timed(client -> setState(client, Target.AdminState.DRAIN), this::awaitOnlyB);
        settle();
        setState(site.client(), Target.AdminState.ENABLED);
        while (!probe.ask().equals("a")) {
            Thread.onSpinWait();
        }
        return timing;
    }

    /// Gives the edited group both targets, as [#drain] needs it, or `a` alone again.
    void useBothTargets(boolean both) throws IOException {
        int[] ports = both ? new int[] {portOf(a), portOf(b)} : new int[] {portOf(a)};
        String tag = tag(Kind.TARGET_GROUP, "g" + edited);
        Draft<?> draft = Draft.of("g" + edited, SampleSpecs.group(ports));
        groupTag = put(site.client(), draft, tag);
        settle();
    }

    /// Creates a virtual server and its target group: one `:apply`.
    Timing add() throws Exception {
        List<Draft<?>> drafts =
                List.of(
                        group(virtualServers),
                        Draft.of(
                                "s" + virtualServers,
                                virtualServer(virtualServers, "g" + virtualServers)));
        return timed(client -> site.apply(drafts), () -> awaitListening(virtualServers));
    }

    /// Deletes the virtual server again; its target group goes in a second call that is not timed.
    Timing remove() throws Exception {
        Timing timing =
                timed(
                        client -> delete(client, Kind.VIRTUAL_SERVER, "s" + virtualServers),
                        this::awaitClosed);
        settle();
        delete(site.client(), Kind.TARGET_GROUP, "g" + virtualServers);
        return timing;
    }

    /// Waits until the node has acknowledged all there is, so that edits are measured one by one.
    void settle() throws IOException {
        site.settle();
    }

    @Override
    public void close() throws IOException {
        probe.close();
        site.close();
        caller.shutdown();
        a.stop(0);
        b.stop(0);
    }

    private interface Call {
        void make(WeirClient client) throws IOException;
    }

    private interface Sight {
        void await() throws IOException;
    }

    private record Span(long start, long end) {}

    private Timing timed(Call call, Sight sight) throws Exception {
        Future<Span> calling =
                caller.submit(() -> {
                    long start = System.nanoTime();
                    call.make(site.client());
                    return new Span(start, System.nanoTime());
                });
        sight.await();
        long followed = System.nanoTime();
        Span span = calling.get();
        return new Timing(span.end - span.start, followed - span.start);
    }

    private static String put(WeirClient client, Draft<?> draft, String tag) throws IOException {
        return client.put(PropagationSite.CLUSTER, draft, WriteOptions.replacing(tag)).etag();
    }

    private static void delete(WeirClient client, Kind kind, String name) throws IOException {
        client.delete(
                PropagationSite.CLUSTER, new Reference(kind, name), WriteOptions.replacing("*"));
    }

    private void setState(WeirClient client, Target.AdminState state) throws IOException {
        client.setTargetState(PropagationSite.CLUSTER, "g" + edited, "t" + portOf(a), state);
    }

    private void awaitOther() throws IOException {
        onB = !onB;
        String expected = onB ? "b" : "a";
        while (!probe.ask().equals(expected)) {
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
    }

    private void awaitOnlyB() throws IOException {
        int inRow = 0;
        while (inRow < 2) {
            inRow = probe.ask().equals("b") ? inRow + 1 : 0;
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
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
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
    }

    private void awaitClosed() {
        while (true) {
            try (KeepAliveProbe closing = new KeepAliveProbe(address(virtualServers))) {
                closing.ask();
            } catch (IOException gone) {
                return;
            }
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
    }

    private Draft<TargetGroup> group(int number) {
        return Draft.of("g" + number, SampleSpecs.group(portOf(a)));
    }

    /// One with two rules; the probed path is decided by the second.
    private VirtualServer virtualServer(int number, String group) {
        RouteRule unused = SampleSpecs.rule("images", List.of(), "/images", "g" + number);
        RouteRule probed = SampleSpecs.rule("all", List.of(), "/", group);
        VirtualServer local = SampleSpecs.http(port, "g" + number, unused, probed);
        return new VirtualServer(
                host(number),
                port,
                local.protocol(),
                local.adminState(),
                List.of(),
                null,
                local.rules(),
                local.defaultTargetGroup());
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
