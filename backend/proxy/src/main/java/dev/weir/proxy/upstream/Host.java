package dev.weir.proxy.upstream;

import dev.weir.proxy.stats.HostStats;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One endpoint at run time; keeps its identity, pool and counters over edits of weight and state.
public final class Host {
    private final InetSocketAddress address;
    private final HostStats stats;
    private final List<ArrayDeque<UpstreamConnection>> idle;
    private final AtomicInteger active = new AtomicInteger();
    private volatile EndpointSpec spec;
    private volatile boolean passing;
    private volatile boolean checked;
    private volatile boolean removed;

    Host(EndpointSpec spec, int workers, boolean passing) {
        this.address = spec.address();
        this.spec = spec;
        this.passing = passing;
        this.stats = new HostStats(workers);
        this.idle = new ArrayList<>(workers);
        for (int i = 0; i < workers; i++) {
            idle.add(new ArrayDeque<>());
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    public HostStats stats() {
        return stats;
    }

    public EndpointSpec spec() {
        return spec;
    }

    void spec(EndpointSpec changed) {
        spec = changed;
    }

    /// Requests in flight, pending ones included.
    public int active() {
        return active.get();
    }

    void begin() {
        active.incrementAndGet();
    }

    /// Takes back the count of [Cluster#pick], once for each pick.
    public void end() {
        active.decrementAndGet();
    }

    /// Whether active health checks let it serve.
    public boolean passing() {
        return passing;
    }

    /// Whether a first health check has ended.
    public boolean checked() {
        return checked;
    }

    void health(boolean nowPassing, boolean nowChecked) {
        passing = nowPassing;
        checked = nowChecked;
    }

    /// Whether it takes new requests.
    boolean eligible() {
        return passing && spec.state() == EndpointSpec.State.AVAILABLE;
    }

    /// Whether it would take new requests but for a first health check that has not ended.
    boolean awaitsCheck() {
        return !checked && !passing && spec.state() == EndpointSpec.State.AVAILABLE;
    }

    boolean removed() {
        return removed;
    }

    void remove() {
        removed = true;
    }

    /// The most recently used idle connection of the worker, or null.
    @Nullable UpstreamConnection poll(int worker) {
        ArrayDeque<UpstreamConnection> connections = idle.get(worker);
        while (true) {
            UpstreamConnection connection = connections.pollFirst();
            if (connection == null || connection.usable()) {
                return connection;
            }
        }
    }

    boolean hasIdle(int worker) {
        return !idle.get(worker).isEmpty();
    }

    void offer(int worker, UpstreamConnection connection) {
        idle.get(worker).addFirst(connection);
    }

    void forget(int worker, UpstreamConnection connection) {
        idle.get(worker).remove(connection);
    }

    /// Closes the worker's idle connections; on its loop.
    void closeIdle(int worker) {
        List<UpstreamConnection> connections = List.copyOf(idle.get(worker));
        idle.get(worker).clear();
        connections.forEach(UpstreamConnection::close);
    }
}
