package dev.weir.diagnoser;

import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Engine;
import dev.weir.model.Metadata;
import dev.weir.model.Node;
import dev.weir.model.Resource;
import dev.weir.model.RevisionSource;
import dev.weir.model.Subscription;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// One cluster `lab` with the nodes `node` and, not yet joined, `fresh`.
final class FixedRevisions implements RevisionSource {
    static final URI AGENT = URI.create("https://127.0.0.1:7");
    private static final Metadata METADATA =
            new Metadata(new UUID(0, 1), 1, 1, Instant.EPOCH, "ann", Instant.EPOCH, "ann");

    @Override
    public Set<String> clusters() {
        return Set.of("lab");
    }

    @Override
    public Optional<Configuration> current(String cluster) {
        if (!cluster.equals("lab")) {
            return Optional.empty();
        }
        Configuration empty =
                Configuration.of(
                        new Resource<>(
                                "lab", "", Map.of(), new Cluster(Engine.EMBEDDED, false), METADATA),
                        1);
        Map<String, Resource<Node>> nodes =
                Map.of(
                        "node",
                        new Resource<>("node", "", Map.of(), new Node(AGENT, null), METADATA),
                        "fresh",
                        new Resource<>("fresh", "", Map.of(), new Node(null, null), METADATA));
        return Optional.of(
                new Configuration(
                        empty.cluster(),
                        new TreeMap<>(nodes),
                        empty.virtualServers(),
                        empty.targetGroups(),
                        empty.certificates(),
                        1));
    }

    @Override
    public Subscription subscribe(Listener listener) {
        return () -> {};
    }
}
