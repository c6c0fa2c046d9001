package dev.weir.testkit;

import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Spec;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// One cluster that a test edits, one revision at a time; listeners hear on the editing thread.
///
/// Nothing is validated, so that tests can declare what admin would refuse.
public final class InMemoryRevisions implements RevisionSource {
    private final String cluster;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Configuration configuration;
    private long revision;
    private int created;

    /// The cluster exists, empty, as revision 1.
    public InMemoryRevisions(String cluster, Engine engine) {
        this(cluster);
        create(engine);
    }

    /// The cluster does not exist yet.
    public InMemoryRevisions(String cluster) {
        this.cluster = cluster;
    }

    public synchronized Revision create(Engine engine) {
        Metadata metadata = metadata(newId(++created), created);
        Resource<Cluster> resource =
                new Resource<>(cluster, "", Map.of(), new Cluster(engine, false), metadata);
        configuration = Configuration.of(resource, revision);
        return commit(List.of(new Change(Kind.CLUSTER, cluster, null, resource)));
    }

    /// What is declared now.
    public Configuration now() {
        return current(cluster).orElseThrow();
    }

    /// Creates or changes one object; a changed one keeps its identity and index.
    public synchronized Revision put(String name, Spec spec) {
        return commit(List.of(change(name, spec)));
    }

    public synchronized Revision delete(Kind kind, String name) {
        return commit(List.of(removal(kind, name)));
    }

    /// The change that creates or changes one object, for a revision of several.
    public synchronized Change change(String name, Spec spec) {
        Resource<?> before = now().find(spec.kind(), name).orElse(null);
        UUID id = before == null ? newId(++created) : before.metadata().id();
        int index = before == null ? created : before.metadata().index();
        return new Change(
                spec.kind(),
                name,
                before,
                new Resource<>(name, "", Map.of(), spec, metadata(id, index)));
    }

    /// The change that deletes one object.
    public synchronized Change removal(Kind kind, String name) {
        return new Change(kind, name, now().find(kind, name).orElseThrow(), null);
    }

    public synchronized Revision commit(List<Change> changes) {
        Configuration before = now();
        long parent = revision++;
        Revision committed =
                new Revision(
                        revision,
                        cluster,
                        parent,
                        Instant.EPOCH.plusSeconds(revision),
                        "tester",
                        "",
                        changes);
        Configuration after = before.with(changes, revision);
        configuration = after;
        listeners.forEach(listener -> listener.committed(committed, after));
        return committed;
    }

    /// Deletes the cluster with everything in it.
    public synchronized void deleteCluster() {
        configuration = null;
        listeners.forEach(listener -> listener.deleted(cluster));
    }

    /// The identity of an object.
    public UUID id(Kind kind, String name) {
        return now().find(kind, name).orElseThrow().metadata().id();
    }

    @Override
    public Set<String> clusters() {
        return configuration == null ? Set.of() : Set.of(cluster);
    }

    @Override
    public Optional<Configuration> current(String name) {
        return name.equals(cluster) ? Optional.ofNullable(configuration) : Optional.empty();
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Metadata metadata(UUID id, int index) {
        return new Metadata(
                id, index, revision + 1, Instant.EPOCH, "tester", Instant.EPOCH, "tester");
    }

    /// Predictable, so that a failure reads the same each time.
    private static UUID newId(long number) {
        return new UUID(0x4000L, 0x8000000000000000L | number);
    }
}
