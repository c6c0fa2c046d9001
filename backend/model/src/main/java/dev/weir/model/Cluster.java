package dev.weir.model;

import java.util.List;

/// A group of nodes that serve the same configuration with one engine.
///
/// @param deletionProtection clients ask for the typed name before a destructive act in this
///   cluster, and the server refuses to delete it
public record Cluster(Engine engine, boolean deletionProtection) implements Spec {

    public Cluster {
        engine = engine == null ? Engine.EMBEDDED : engine;
    }

    @Override
    public Kind kind() {
        return Kind.CLUSTER;
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }
}
