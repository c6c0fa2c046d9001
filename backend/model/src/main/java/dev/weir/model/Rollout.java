package dev.weir.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// How far a cluster's nodes have come: observed state, written by the controller alone.
///
/// @param revision the newest revision that was published to the nodes
/// @param nodes by node name; every node that has a stream now or had one
public record Rollout(String cluster, long revision, Map<String, NodeRollout> nodes) {

    public Rollout {
        nodes = Map.copyOf(nodes);
    }

    /// One node's state.
    ///
    /// A node has applied a revision when everything up to it that the node did not refuse is
    /// acknowledged. What it refused is among the rejections from then on, whatever revisions
    /// follow, until a replacement is acknowledged or the object is gone.
    ///
    /// @param applied the highest revision that the node has applied. 0 before the first, and again
    ///   from each new connection until the node has said what it holds: it may have lost all.
    ///   While it is not connected, what it had last
    /// @param rejections what the node refuses now
    public record NodeRollout(
            String node,
            boolean connected,
            long applied,
            Instant lastSeen,
            List<Rejection> rejections) {

        public NodeRollout {
            rejections = List.copyOf(rejections);
        }
    }

    /// A NACK traced back to the resource that caused it.
    ///
    /// @param resource the virtual server, target group or certificate at fault
    /// @param revision the revision that brought the refused content
    /// @param field its path in the resource (`spec.port`), or empty where the engine's words name
    ///   none
    /// @param message the engine's own words
    public record Rejection(Reference resource, long revision, String field, String message) {}

    /// Nodes that have applied at least this revision and refuse nothing that it brought.
    public long appliedNodes(long wanted) {
        return nodes.values().stream()
                .filter(node -> node.applied() >= wanted)
                .filter(node ->
                        node.rejections().stream()
                                .noneMatch(rejection -> rejection.revision() == wanted))
                .count();
    }

    /// Nodes that have a resource as of this revision, its newest: they have applied the revision
    /// and do not refuse the resource.
    public long appliedNodes(Reference resource, long newest) {
        return nodes.values().stream()
                .filter(node -> node.applied() >= newest)
                .filter(node ->
                        node.rejections().stream()
                                .noneMatch(rejection -> rejection.resource().equals(resource)))
                .count();
    }
}
