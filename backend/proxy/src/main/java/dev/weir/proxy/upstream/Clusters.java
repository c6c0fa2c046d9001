package dev.weir.proxy.upstream;

import dev.weir.proxy.io.Workers;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// All target groups by name; edited on the control thread.
public final class Clusters implements AutoCloseable {
    private final Workers workers;
    private final Executor control;
    private final Map<String, ClusterSlot> slots = new ConcurrentHashMap<>();

    /// @param control runs rebuilds after health changes, one at a time
    public Clusters(Workers workers, Executor control) {
        this.workers = workers;
        this.control = control;
    }

    /// The slot of that name, filled or not.
    public ClusterSlot slot(String name) {
        return slots.computeIfAbsent(name, ClusterSlot::new);
    }

    /// Adds the target group or changes it in place.
    public void put(ClusterSpec spec) {
        ClusterSlot slot = slot(spec.name());
        Cluster existing = slot.cluster();
        if (existing == null || !existing.spec().statName().equals(spec.statName())) {
            Cluster cluster = new Cluster(spec, workers, control);
            if (existing != null) {
                cluster.updateEndpoints(existing.endpoints());
            }
            slot.fill(cluster);
            if (existing != null) {
                existing.close();
            }
        } else {
            existing.update(spec);
        }
    }

    /// Replaces the endpoints; without the target group nothing happens.
    public void endpoints(String name, List<EndpointSpec> endpoints) {
        Cluster cluster = slot(name).cluster();
        if (cluster != null) {
            cluster.updateEndpoints(endpoints);
        }
    }

    /// Takes the target group away; requests in flight finish.
    public void remove(String name) {
        ClusterSlot slot = slot(name);
        Cluster cluster = slot.cluster();
        slot.fill(null);
        if (cluster != null) {
            cluster.close();
        }
    }

    /// The target groups in no order.
    public Collection<Cluster> all() {
        return slots.values().stream().map(ClusterSlot::cluster).filter(Objects::nonNull).toList();
    }

    @Override
    public void close() {
        all().forEach(Cluster::close);
    }
}
