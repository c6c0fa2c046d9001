package dev.weir.controller;

import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Observed state, one immutable [Rollout] for each cluster.
///
/// Written by the controller's thread alone; read by any.
final class RolloutTracker {
    private final Map<String, Rollout> rollouts = new ConcurrentHashMap<>();
    private final List<Consumer<Rollout>> listeners = new CopyOnWriteArrayList<>();

    Optional<Rollout> rollout(String cluster) {
        return Optional.ofNullable(rollouts.get(cluster));
    }

    Subscription subscribe(Consumer<Rollout> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void published(String cluster, long revision) {
        Rollout before = rollouts.get(cluster);
        put(new Rollout(cluster, revision, before == null ? Map.of() : before.nodes()));
    }

    /// Takes over a node's state; listeners hear of it where more than the time has changed.
    void node(String cluster, Rollout.NodeRollout node) {
        Rollout before = rollouts.getOrDefault(cluster, new Rollout(cluster, 0, Map.of()));
        Map<String, Rollout.NodeRollout> nodes = new HashMap<>(before.nodes());
        Rollout.NodeRollout old = nodes.put(node.node(), node);
        Rollout after = new Rollout(cluster, before.revision(), nodes);
        if (old != null
                && old.connected() == node.connected()
                && old.applied() == node.applied()
                && old.rejections().equals(node.rejections())) {
            rollouts.put(cluster, after);
        } else {
            put(after);
        }
    }

    void forget(String cluster) {
        rollouts.remove(cluster);
    }

    void forget(String cluster, String node) {
        Rollout before = rollouts.get(cluster);
        if (before != null && before.nodes().containsKey(node)) {
            Map<String, Rollout.NodeRollout> nodes = new HashMap<>(before.nodes());
            nodes.remove(node);
            put(new Rollout(cluster, before.revision(), nodes));
        }
    }

    private void put(Rollout rollout) {
        rollouts.put(rollout.cluster(), rollout);
        listeners.forEach(listener -> listener.accept(rollout));
    }
}
