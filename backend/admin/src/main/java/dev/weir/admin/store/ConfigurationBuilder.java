package dev.weir.admin.store;

import dev.weir.model.Certificate;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Node;
import dev.weir.model.Resource;
import dev.weir.model.Spec;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.TreeMap;

/// Sorts the resources of one cluster into its configuration. Confined to the thread that builds.
final class ConfigurationBuilder {
    private @Nullable Resource<Cluster> cluster;
    private final TreeMap<String, Resource<Node>> nodes = new TreeMap<>();
    private final TreeMap<String, Resource<VirtualServer>> virtualServers = new TreeMap<>();
    private final TreeMap<String, Resource<TargetGroup>> targetGroups = new TreeMap<>();
    private final TreeMap<String, Resource<Certificate>> certificates = new TreeMap<>();

    void add(Resource<?> resource) {
        switch (resource.spec()) {
            case Cluster spec -> cluster = typed(resource, spec);
            case Node spec -> nodes.put(resource.name(), typed(resource, spec));
            case VirtualServer spec -> virtualServers.put(resource.name(), typed(resource, spec));
            case TargetGroup spec -> targetGroups.put(resource.name(), typed(resource, spec));
            case Certificate spec -> certificates.put(resource.name(), typed(resource, spec));
        }
    }

    /// The configuration, or empty where the cluster itself is not among the resources.
    Optional<Configuration> build(long revision) {
        return cluster == null
                ? Optional.empty()
                : Optional.of(
                        new Configuration(
                                cluster,
                                nodes,
                                virtualServers,
                                targetGroups,
                                certificates,
                                revision));
    }

    private static <S extends Spec> Resource<S> typed(Resource<?> resource, S spec) {
        return new Resource<>(
                resource.name(),
                resource.description(),
                resource.labels(),
                spec,
                resource.metadata());
    }
}
