package dev.weir.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything declared in one cluster as of one revision; immutable.
public record Configuration(
        Resource<Cluster> cluster,
        SortedMap<String, Resource<Node>> nodes,
        SortedMap<String, Resource<VirtualServer>> virtualServers,
        SortedMap<String, Resource<TargetGroup>> targetGroups,
        SortedMap<String, Resource<Certificate>> certificates,
        long revision) {

    public Configuration {
        nodes = Collections.unmodifiableSortedMap(nodes);
        virtualServers = Collections.unmodifiableSortedMap(virtualServers);
        targetGroups = Collections.unmodifiableSortedMap(targetGroups);
        certificates = Collections.unmodifiableSortedMap(certificates);
    }

    /// A cluster with nothing in it yet.
    public static Configuration of(Resource<Cluster> cluster, long revision) {
        return new Configuration(
                cluster,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                revision);
    }

    /// The resource of that kind and name, or empty. A cluster is found by its own name.
    public Optional<Resource<?>> find(Kind kind, String name) {
        return Optional.ofNullable(all(kind).get(name));
    }

    /// The resources of a kind, by name.
    public SortedMap<String, ? extends Resource<?>> all(Kind kind) {
        return switch (kind) {
            case CLUSTER -> new TreeMap<>(Map.of(cluster.name(), cluster));
            case NODE -> nodes;
            case VIRTUAL_SERVER -> virtualServers;
            case TARGET_GROUP -> targetGroups;
            case CERTIFICATE -> certificates;
        };
    }

    /// Names of the virtual servers that name this target group or certificate, in order.
    public List<String> usersOf(Reference object) {
        // looks at all of them: for pages and reports, not for each edit
        return virtualServers.values().stream()
                .filter(server -> server.spec().uses().contains(object))
                .map(Resource::name)
                .toList();
    }

    /// This configuration after the changes. Maps of kinds that do not change are shared. The
    /// deletion of the cluster itself is not a change of its configuration and is refused.
    public Configuration with(List<Change> changes, long newRevision) {
        Resource<Cluster> newCluster = cluster;
        SortedMap<String, Resource<Node>> newNodes = nodes;
        SortedMap<String, Resource<VirtualServer>> newVirtualServers = virtualServers;
        SortedMap<String, Resource<TargetGroup>> newTargetGroups = targetGroups;
        SortedMap<String, Resource<Certificate>> newCertificates = certificates;
        for (Kind kind : Kind.values()) {
            List<Change> ofKind = changes.stream().filter(change -> change.kind() == kind).toList();
            if (ofKind.isEmpty()) {
                continue;
            }
            switch (kind) {
                case CLUSTER -> newCluster = replaced(ofKind);
                case NODE -> newNodes = edited(nodes, ofKind);
                case VIRTUAL_SERVER -> newVirtualServers = edited(virtualServers, ofKind);
                case TARGET_GROUP -> newTargetGroups = edited(targetGroups, ofKind);
                case CERTIFICATE -> newCertificates = edited(certificates, ofKind);
            }
        }
        return new Configuration(
                newCluster,
                newNodes,
                newVirtualServers,
                newTargetGroups,
                newCertificates,
                newRevision);
    }

    /// Problems between resources: references to what is not there, and listeners that collide.
    /// Each is keyed by the resource at fault and its path begins with `spec`.
    public Map<Reference, List<Problem>> problems() {
        Map<Reference, List<Problem>> found = new HashMap<>();
        Map<String, String> listeners = new HashMap<>();
        virtualServers.forEach((name, resource) -> {
            VirtualServer spec = resource.spec();
            String first = name;
            if (spec.adminState() == VirtualServer.AdminState.ENABLED) {
                first = listeners.computeIfAbsent(spec.address() + " " + spec.port(), any -> name);
            }
            List<Problem> problems = problems(spec, first, name);
            if (!problems.isEmpty()) {
                found.put(new Reference(Kind.VIRTUAL_SERVER, name), problems);
            }
        });
        return Map.copyOf(found);
    }

    /// Problems of one virtual server.
    ///
    /// @param first the virtual server that has its address and port
    List<Problem> problems(VirtualServer spec, String first, String name) {
        List<Problem> problems = references(spec);
        if (spec.adminState() == VirtualServer.AdminState.ENABLED && !first.equals(name)) {
            problems.add(
                    new Problem(
                            "spec.port",
                            "port %d on %s is already used by virtual server %s; choose another"
                                    .formatted(spec.port(), spec.address(), first)));
        }
        return List.copyOf(problems);
    }

    private List<Problem> references(VirtualServer spec) {
        List<Problem> problems = new ArrayList<>();
        if (spec.tls() != null) {
            List<String> names = spec.tls().certificates();
            for (int i = 0; i < names.size(); i++) {
                require(
                        Kind.CERTIFICATE,
                        names.get(i),
                        "spec.tls.certificates[" + i + "]",
                        problems);
            }
        }
        if (spec.defaultTargetGroup() != null) {
            require(
                    Kind.TARGET_GROUP,
                    spec.defaultTargetGroup(),
                    "spec.defaultTargetGroup",
                    problems);
        }
        for (int i = 0; i < spec.rules().size(); i++) {
            if (spec.rules().get(i).action() instanceof RouteAction.Forward(var groups)) {
                for (int j = 0; j < groups.size(); j++) {
                    require(
                            Kind.TARGET_GROUP,
                            groups.get(j).targetGroup(),
                            "spec.rules[%d].action.forward[%d].targetGroup".formatted(i, j),
                            problems);
                }
            }
        }
        return problems;
    }

    private void require(Kind kind, String name, String path, List<Problem> problems) {
        if (name == null || !all(kind).containsKey(name)) {
            String hint =
                    name == null
                            ? ""
                            : Names.nearest(name, all(kind).keySet())
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse("");
            problems.add(new Problem(path, kind.words() + " '" + name + "' does not exist" + hint));
        }
    }

    @SuppressWarnings("unchecked") // a change of kind CLUSTER carries a cluster
    private Resource<Cluster> replaced(List<Change> changes) {
        Resource<?> after = changes.getLast().after();
        if (after == null) {
            throw new IllegalArgumentException(
                    "cluster "
                            + cluster.name()
                            + ": its deletion is no change of its configuration");
        }
        return (Resource<Cluster>) after;
    }

    @SuppressWarnings("unchecked") // changes were filtered by the kind of this map
    private static <S extends Spec> SortedMap<String, Resource<S>> edited(
            SortedMap<String, Resource<S>> before, List<Change> changes) {
        SortedMap<String, Resource<S>> after = new TreeMap<>(before);
        for (Change change : changes) {
            if (change.after() == null) {
                after.remove(change.name());
            } else {
                after.put(change.name(), (Resource<S>) change.after());
            }
        }
        return after;
    }
}
