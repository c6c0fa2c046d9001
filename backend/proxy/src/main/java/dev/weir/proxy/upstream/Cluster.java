package dev.weir.proxy.upstream;

import dev.weir.proxy.io.Worker;
import dev.weir.proxy.io.Workers;
import dev.weir.proxy.stats.ClusterMetric;
import dev.weir.proxy.stats.ClusterStats;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// One target group at run time. Edits are synchronized; picking reads one volatile.
public final class Cluster implements AutoCloseable {
    private final Workers workers;
    private final Executor control;
    private final ClusterStats stats;
    private final AtomicBoolean rebuildPending = new AtomicBoolean();
    private final Map<Host, HealthProbe> probes = new HashMap<>();
    private volatile Map<InetSocketAddress, Host> hosts = Map.of();
    private volatile ClusterSpec spec;
    private volatile Balancer balancer = Balancer.EMPTY;
    private volatile boolean endpointsKnown;
    private volatile int healthy;
    private boolean closed;

    Cluster(ClusterSpec spec, Workers workers, Executor control) {
        this.spec = spec;
        this.workers = workers;
        this.control = control;
        this.stats = new ClusterStats(spec.statName(), workers.count());
    }

    public ClusterSpec spec() {
        return spec;
    }

    public ClusterStats stats() {
        return stats;
    }

    /// The endpoints in the controller's order.
    public Collection<Host> hosts() {
        return hosts.values();
    }

    Workers workers() {
        return workers;
    }

    List<EndpointSpec> endpoints() {
        return hosts.values().stream().map(Host::spec).toList();
    }

    /// The endpoint for a new request of this worker, counted in flight at once; null when none can
    /// take it.
    public @Nullable Host pick(Worker worker) {
        Balancer current = balancer;
        Host host = current.pick(worker);
        if (host != null) {
            host.begin();
            if (current.panic()) {
                stats.increment(worker.index(), ClusterMetric.LB_HEALTHY_PANIC);
            }
        }
        return host;
    }

    /// Whether one more request would be above the limits; counted if so.
    public boolean overflows(int worker) {
        ClusterSpec.Limits limits = spec.limits();
        boolean over =
                stats.sum(ClusterMetric.RQ_ACTIVE) >= limits.requests()
                        || stats.sum(ClusterMetric.RQ_PENDING_ACTIVE) >= limits.pendingRequests();
        if (over) {
            stats.increment(worker, ClusterMetric.RQ_PENDING_OVERFLOW);
        }
        return over;
    }

    /// Whether a request to this endpoint would need a connection above the limit; counted if so.
    public boolean overflows(int worker, Host host) {
        boolean over =
                !host.hasIdle(worker)
                        && stats.sum(ClusterMetric.CX_ACTIVE) >= spec.limits().connections();
        if (over) {
            stats.increment(worker, ClusterMetric.CX_OVERFLOW);
        }
        return over;
    }

    synchronized void update(ClusterSpec changed) {
        boolean recheck = !java.util.Objects.equals(spec.healthCheck(), changed.healthCheck());
        spec = changed;
        if (recheck) {
            probes.values().forEach(HealthProbe::stop);
            probes.clear();
            hosts.values().forEach(this::watch);
        }
        rebuild();
    }

    synchronized void updateEndpoints(List<EndpointSpec> endpoints) {
        if (closed) {
            return;
        }
        Map<InetSocketAddress, Host> before = hosts;
        Map<InetSocketAddress, Host> after = new LinkedHashMap<>();
        for (EndpointSpec endpoint : endpoints) {
            Host host = before.get(endpoint.address());
            if (host == null) {
                host = new Host(endpoint, workers.count(), spec.healthCheck() == null);
            } else {
                host.spec(endpoint);
            }
            after.put(endpoint.address(), host);
        }
        hosts = after;
        after.forEach((address, host) -> {
            if (!before.containsKey(address)) {
                watch(host);
            }
        });
        before.forEach((address, host) -> {
            if (!after.containsKey(address)) {
                retire(host);
            }
        });
        rebuild();
        endpointsKnown = true;
    }

    private void watch(Host host) {
        HealthCheckSpec check = spec.healthCheck();
        if (check == null) {
            host.health(true, false);
            return;
        }
        Worker worker =
                workers.all().get(Math.floorMod(host.address().hashCode(), workers.count()));
        HealthProbe probe = new HealthProbe(this, host, check, worker);
        probes.put(host, probe);
        probe.start();
    }

    private void retire(Host host) {
        host.remove();
        HealthProbe probe = probes.remove(host);
        if (probe != null) {
            probe.stop();
        }
        for (Worker worker : workers.all()) {
            worker.loop().execute(() -> host.closeIdle(worker.index()));
        }
    }

    /// Called by probes on their loops; many changes at once make one rebuild.
    void healthChanged() {
        if (rebuildPending.compareAndSet(false, true)) {
            control.execute(() -> {
                rebuildPending.set(false);
                rebuild();
            });
        }
    }

    private synchronized void rebuild() {
        List<Host> eligible = new ArrayList<>();
        List<Host> unchecked = new ArrayList<>();
        List<Host> all = new ArrayList<>();
        for (Host host : hosts.values()) {
            if (host.spec().state() != EndpointSpec.State.DRAINING) {
                all.add(host);
            }
            if (host.eligible()) {
                eligible.add(host);
            } else if (host.awaitsCheck()) {
                unchecked.add(host);
            }
        }
        healthy = eligible.size();
        if (eligible.isEmpty()) {
            // all targets replaced at once: an attempt is better than a certain 503
            eligible = unchecked;
        }
        boolean panic =
                eligible.size() < all.size()
                        && eligible.size() * 100.0 < spec.panicPercent() * hosts.size();
        balancer = new Balancer(panic ? all : eligible, spec.policy(), workers.count(), panic);
    }

    /// Endpoints that take new requests.
    public int healthy() {
        return healthy;
    }

    /// Whether its endpoints are known and the first health check of each has ended.
    public boolean warm() {
        return endpointsKnown
                && (spec.healthCheck() == null || hosts.values().stream().allMatch(Host::checked));
    }

    @Override
    public synchronized void close() {
        closed = true;
        balancer = Balancer.EMPTY;
        hosts.values().forEach(this::retire);
    }
}
