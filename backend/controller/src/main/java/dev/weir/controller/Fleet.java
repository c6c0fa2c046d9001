package dev.weir.controller;

import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Revision;
import dev.weir.model.Rollout;
import dev.weir.xds.Rejected;
import dev.weir.xds.Translation;
import dev.weir.xds.XdsKey;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The clusters with their translations and the streams of their nodes. A cluster has one engine,
/// so its name is the group that shares a translation.
///
/// Belongs to the controller's thread.
final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final RolloutTracker tracker;
    private final InstantSource clock;
    private final Map<String, Group> groups = new HashMap<>();

    Fleet(RolloutTracker tracker, InstantSource clock) {
        this.tracker = tracker;
        this.clock = clock;
    }

    /// Starts with a configuration as a whole.
    void load(Configuration now) {
        Group group = group(now.cluster().name());
        if (now.revision() > group.translation.revision()) {
            publish(group, group.translation.replaceAll(now), now);
        }
    }

    void publish(Revision revision, Configuration now) {
        Group group = group(revision.cluster());
        if (revision.number() <= group.translation.revision()) {
            return; // seen when the whole was loaded
        }
        boolean next = revision.parent() == group.translation.revision() && group.isKnown();
        Set<XdsKey> changed =
                next ? group.translation.apply(revision, now) : group.translation.replaceAll(now);
        LOG.info(
                "revision={} cluster={} step=translated resources={}",
                revision.number(),
                revision.cluster(),
                changed.size());
        forgetDeletedNodes(group, revision);
        publish(group, changed, now);
    }

    void delete(String cluster) {
        Group group = groups.get(cluster);
        if (group == null) {
            return;
        }
        Set<XdsKey> removed = group.translation.clear();
        group.now = null;
        for (NodeStream stream : List.copyOf(group.streams)) {
            if (stream.isTrusted(null)) {
                stream.changed(removed);
            }
        }
        tracker.forget(cluster);
        if (group.streams.isEmpty()) {
            groups.remove(cluster);
        }
    }

    /// Takes in a node's new stream; the node is served once its cluster is known.
    void join(NodeStream stream) {
        Group group = group(stream.cluster());
        if (group.isKnown() && !stream.isTrusted(group.now)) {
            return;
        }
        group.streams.add(stream);
        group.newest.put(stream.node(), stream);
        if (group.isKnown()) {
            stream.attach(group.translation);
        }
        report(stream, true);
    }

    void leave(NodeStream stream) {
        Group group = group(stream.cluster());
        group.streams.remove(stream);
        // during a hot restart the node's next stream is there before this one ends
        if (group.newest.remove(stream.node(), stream)) {
            report(stream, false);
        }
        if (group.streams.isEmpty() && !group.isKnown()) {
            groups.remove(stream.cluster());
        }
    }

    /// Tells the tracker how far the node of this stream has come.
    void report(NodeStream stream) {
        if (group(stream.cluster()).newest.get(stream.node()) == stream) {
            report(stream, true);
        }
    }

    private void report(NodeStream stream, boolean connected) {
        Group group = group(stream.cluster());
        Configuration now = group.now;
        if (now == null) {
            return;
        }
        List<Rollout.Rejection> rejections =
                stream.rejected().stream().map(one -> rejection(one, now)).toList();
        tracker.node(
                stream.cluster(),
                new Rollout.NodeRollout(
                        stream.node(), connected, stream.applied(), clock.instant(), rejections));
    }

    private static Rollout.Rejection rejection(Rejected rejected, Configuration now) {
        return new Rollout.Rejection(
                rejected.source(),
                rejected.revision(),
                RejectedField.of(rejected, now),
                rejected.message());
    }

    private void publish(Group group, Collection<XdsKey> changed, Configuration now) {
        boolean first = !group.isKnown();
        group.now = now;
        tracker.published(now.cluster().name(), now.revision());
        for (NodeStream stream : List.copyOf(group.streams)) {
            if (!stream.isTrusted(now)) {
                if (!group.newest.containsKey(stream.node())) {
                    tracker.forget(now.cluster().name(), stream.node());
                }
                continue;
            }
            if (first) {
                stream.attach(group.translation);
            }
            stream.changed(changed);
        }
    }

    private void forgetDeletedNodes(Group group, Revision revision) {
        revision.changes().stream()
                .filter(change -> change.kind() == Kind.NODE && change.after() == null)
                .filter(change -> !group.newest.containsKey(change.name()))
                .forEach(change -> tracker.forget(revision.cluster(), change.name()));
    }

    private Group group(String cluster) {
        return groups.computeIfAbsent(cluster, any -> new Group());
    }

    /// One cluster.
    private static final class Group {
        final Translation translation = new Translation();
        final Set<NodeStream> streams = new HashSet<>();
        final Map<String, NodeStream> newest = new HashMap<>();

        /// Null while there is no such cluster; its nodes may already be waiting.
        @Nullable Configuration now;

        boolean isKnown() {
            return now != null;
        }
    }
}
