package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What is wrong between the resources of one configuration, followed at the cost of what changes:
/// [Configuration#problems()] looks at every virtual server, this only at those an edit can touch.
///
/// Belongs to one thread, or is guarded by its owner's lock.
public final class ProblemIndex {
    private Configuration configuration;
    private Map<Reference, List<Problem>> problems;

    /// For each target group and certificate that is spoken of, whether or not it is there, the
    /// virtual servers that do.
    private final Map<Reference, Set<String>> users = new HashMap<>();

    /// For each address and port, the virtual servers that listen there, in the order in which they
    /// have it.
    private final Map<String, TreeSet<String>> listening = new HashMap<>();

    /// Looks at all of it.
    public ProblemIndex(Configuration configuration) {
        this.configuration = configuration;
        this.problems = configuration.problems();
        configuration.virtualServers().forEach((name, resource) -> add(name, resource.spec()));
    }

    /// As [Configuration#problems()] of the configuration followed last.
    public Map<Reference, List<Problem>> problems() {
        return problems;
    }

    /// As [Configuration#problems()] of a configuration that follows by these changes; this index
    /// stays where it is.
    public Map<Reference, List<Problem>> problemsAfter(List<Change> changes, Configuration after) {
        Set<String> affected = affected(changes);
        if (affected.isEmpty()) {
            return problems;
        }
        Map<Reference, List<Problem>> found = new HashMap<>(problems);
        Map<String, String> firsts = firsts(affected, after);
        for (String name : affected) {
            Reference reference = new Reference(Kind.VIRTUAL_SERVER, name);
            Resource<VirtualServer> resource = after.virtualServers().get(name);
            List<Problem> own = List.of();
            if (resource != null) {
                VirtualServer spec = resource.spec();
                String first = firsts.getOrDefault(listener(spec), name);
                own = after.problems(spec, first, name);
            }
            if (own.isEmpty()) {
                found.remove(reference);
            } else {
                found.put(reference, own);
            }
        }
        return Map.copyOf(found);
    }

    /// Follows to that configuration.
    ///
    /// @param found what [#problemsAfter] answered for it
    public void follow(
            List<Change> changes, Configuration after, Map<Reference, List<Problem>> found) {
        for (Change change : changes) {
            if (change.kind() == Kind.VIRTUAL_SERVER) {
                Resource<VirtualServer> old = configuration.virtualServers().get(change.name());
                if (old != null) {
                    remove(change.name(), old.spec());
                }
                Resource<VirtualServer> fresh = after.virtualServers().get(change.name());
                if (fresh != null) {
                    add(change.name(), fresh.spec());
                }
            }
        }
        configuration = after;
        problems = found;
    }

    private Set<String> affected(List<Change> changes) {
        Set<String> affected = new HashSet<>();
        for (Change change : changes) {
            switch (change.kind()) {
                case CLUSTER, NODE -> {}
                case TARGET_GROUP, CERTIFICATE -> {
                    if (change.before() == null || change.after() == null) {
                        affected.addAll(
                                users.getOrDefault(
                                        new Reference(change.kind(), change.name()), Set.of()));
                    }
                }
                case VIRTUAL_SERVER -> {
                    affected.add(change.name());
                    affected.addAll(neighbours(change.before()));
                    affected.addAll(neighbours(change.after()));
                }
            }
        }
        return affected;
    }

    private Set<String> neighbours(@Nullable Resource<?> resource) {
        return resource != null && resource.spec() instanceof VirtualServer spec
                ? listening.getOrDefault(listener(spec), new TreeSet<>())
                : Set.of();
    }

    /// For each address and port where an affected virtual server will listen, the first by name.
    private Map<String, String> firsts(Set<String> affected, Configuration after) {
        Map<String, String> firsts = new HashMap<>();
        for (String name : affected) {
            Resource<VirtualServer> resource = after.virtualServers().get(name);
            if (resource != null && listens(resource.spec())) {
                String listener = listener(resource.spec());
                firsts.merge(listener, name, ProblemIndex::first);
                for (String other : listening.getOrDefault(listener, new TreeSet<>())) {
                    if (!affected.contains(other)) {
                        firsts.merge(listener, other, ProblemIndex::first);
                        break; // the others come later
                    }
                }
            }
        }
        return firsts;
    }

    private static String first(String left, String right) {
        return left.compareTo(right) <= 0 ? left : right;
    }

    private void add(String name, VirtualServer spec) {
        if (listens(spec)) {
            listening.computeIfAbsent(listener(spec), any -> new TreeSet<>()).add(name);
        }
        for (Reference used : spec.uses()) {
            users.computeIfAbsent(used, any -> new HashSet<>()).add(name);
        }
    }

    private void remove(String name, VirtualServer spec) {
        drop(listening, listener(spec), name);
        spec.uses().forEach(used -> drop(users, used, name));
    }

    private static <K, S extends Set<String>> void drop(Map<K, S> index, K key, String name) {
        index.computeIfPresent(
                key,
                (any, names) -> {
                    names.remove(name);
                    return names.isEmpty() ? null : names;
                });
    }

    private static boolean listens(VirtualServer spec) {
        return spec.adminState() == VirtualServer.AdminState.ENABLED;
    }

    private static String listener(VirtualServer spec) {
        return spec.address() + " " + spec.port();
    }
}
