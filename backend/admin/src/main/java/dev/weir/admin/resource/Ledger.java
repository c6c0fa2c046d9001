package dev.weir.admin.resource;

import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.admin.store.RevisionStore;
import dev.weir.admin.store.RevisionStore.StaleStateException;
import dev.weir.api.AuditEvent;
import dev.weir.api.Page;
import dev.weir.api.RevisionSummary;
import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.ProblemIndex;
import dev.weir.model.Reference;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The one writer of desired state: judges edits, appends them as revisions, tells the listeners.
///
/// Readers see one immutable state and never wait; edits come one after the other.
public final class Ledger implements RevisionSource, AutoCloseable {
    private static final int ATTEMPTS = 10;

    private final RevisionStore store;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Subscription foreign;
    private volatile State state;

    /// Takes up what the store holds.
    public Ledger(RevisionStore store, InstantSource clock, Supplier<UUID> ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.state = State.of(store.load());
        this.foreign = store.onForeignAppend(this::refresh);
    }

    @Override
    public Set<String> clusters() {
        return new TreeSet<>(state.clusters.keySet());
    }

    @Override
    public Optional<Configuration> current(String cluster) {
        return Optional.ofNullable(state.clusters.get(cluster)).map(Entry::configuration);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Carries out an edit, or only judges it where it is a dry run.
    ///
    /// An edit that changes nothing makes no revision.
    ///
    /// @throws RefusedException where the edit is not valid or its precondition does not hold;
    ///   nothing was changed
    public Outcome edit(Edit edit) throws RefusedException {
        writing.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    return attempt(edit);
                } catch (StaleStateException stale) {
                    refresh();
                }
            }
            throw new RefusedException(
                    Reason.UNAVAILABLE,
                    "cluster " + edit.cluster() + ": other admins write without pause; try again");
        } finally {
            writing.unlock();
        }
    }

    private Outcome attempt(Edit edit) throws RefusedException, StaleStateException {
        State now = state;
        Entry entry = now.clusters.get(edit.cluster());
        Configuration current = entry == null ? null : entry.configuration();
        List<Edit.Step> steps = edit.plan().steps(current);
        if (current == null && !edit.createsCluster(steps)) {
            throw new RefusedException(
                    Reason.NOT_FOUND,
                    "cluster %s: does not exist; create it first".formatted(edit.cluster()));
        }
        Proposal proposal =
                new Proposal(
                        now.lastNumber + 1, clock.instant(), edit.author(), now.lastIndexes, ids);
        List<Change> changes = proposal.changes(current, steps);
        Candidate candidate = Candidate.of(entry, changes, proposal.number());
        List<Problem> problems = judge(edit, entry, changes, candidate);
        if (edit.dryRun() || changes.isEmpty()) {
            long revision = current == null ? 0 : current.revision();
            return new Outcome(edit.dryRun(), revision, changes, problems, current);
        }
        Revision revision =
                new Revision(
                        proposal.number(),
                        edit.cluster(),
                        current == null ? 0 : current.revision(),
                        proposal.time(),
                        edit.author(),
                        edit.comment(),
                        changes);
        append(candidate.clusterId(), revision, edit.witness().of(revision));
        state = now.with(revision, entry, candidate, proposal.lastIndexes());
        announce(revision, candidate.configuration());
        return new Outcome(false, revision.number(), changes, List.of(), candidate.configuration());
    }

    /// Problems that a dry run reports and a real edit is refused for.
    private static List<Problem> judge(
            Edit edit, @Nullable Entry entry, List<Change> changes, Candidate candidate)
            throws RefusedException {
        Configuration after = candidate.configuration();
        if (after == null) {
            return protection(edit, entry);
        }
        Judge judge =
                new Judge(entry == null ? Map.of() : entry.problems(), candidate.problems(), after);
        List<Problem> inUse = judge.inUse(changes);
        List<Problem> invalid = judge.invalid(changes, changes.size() == 1);
        if (!edit.dryRun() && !invalid.isEmpty()) {
            throw new RefusedException(
                    Reason.INVALID, title(edit, changes) + ": is not valid", invalid);
        }
        if (!edit.dryRun() && !inUse.isEmpty()) {
            throw new RefusedException(Reason.CONFLICT, inUse.getFirst().message(), inUse);
        }
        List<Problem> all = new ArrayList<>(invalid);
        all.addAll(inUse);
        return all;
    }

    private static String title(Edit edit, List<Change> changes) {
        return changes.size() == 1
                ? new Reference(changes.getFirst().kind(), changes.getFirst().name()).toString()
                : "edit of cluster " + edit.cluster();
    }

    private static List<Problem> protection(Edit edit, @Nullable Entry entry)
            throws RefusedException {
        if (entry == null || !entry.configuration().cluster().spec().deletionProtection()) {
            return List.of();
        }
        Problem problem =
                new Problem(
                        "",
                        "cluster %s: is protected from deletion; set deletionProtection to false first"
                                .formatted(edit.cluster()));
        if (!edit.dryRun()) {
            throw new RefusedException(Reason.CONFLICT, problem.message(), List.of(problem));
        }
        return List.of(problem);
    }

    private void append(UUID clusterId, Revision revision, AuditEvent witness)
            throws RefusedException, StaleStateException {
        try {
            store.append(clusterId, revision, witness);
        } catch (RuntimeException failed) {
            recover(failed);
            throw new RefusedException(
                    Reason.STORAGE,
                    "revision %d: cannot be stored (%s); free disk space or repair the database, then try again"
                            .formatted(revision.number(), rootMessage(failed)));
        }
    }

    /// After a failed append nobody knows what the store holds, so it is asked.
    private void recover(RuntimeException failed) {
        try {
            refresh();
        } catch (RuntimeException stillFailing) {
            failed.addSuppressed(stillFailing);
        }
    }

    private static String rootMessage(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    /// Takes up what other processes have appended.
    private void refresh() {
        writing.lock();
        try {
            State before = state;
            State after = State.of(store.load());
            state = after;
            before.clusters.forEach((name, entry) -> {
                Entry now = after.clusters.get(name);
                if (now == null || !now.clusterId().equals(entry.clusterId())) {
                    listeners.forEach(listener -> listener.deleted(name));
                }
            });
            after.clusters.forEach((name, entry) -> {
                Entry old = before.clusters.get(name);
                long known =
                        old != null && old.clusterId().equals(entry.clusterId())
                                ? old.configuration().revision()
                                : 0;
                announceSince(entry, known);
            });
        } finally {
            writing.unlock();
        }
    }

    private void announceSince(Entry entry, long known) {
        if (entry.configuration().revision() <= known) {
            return;
        }
        List<RevisionSummary> newer = new ArrayList<>();
        Page<RevisionSummary> page = store.summaries(entry.clusterId(), Long.MAX_VALUE, 100);
        page.items().stream().filter(summary -> summary.number() > known).forEach(newer::add);
        for (RevisionSummary summary : newer.reversed()) {
            store.find(entry.clusterId(), summary.number())
                    .ifPresent(revision -> announce(revision, entry.configuration()));
        }
    }

    private void announce(Revision revision, @Nullable Configuration now) {
        for (Listener listener : listeners) {
            if (now == null) {
                listener.deleted(revision.cluster());
            } else {
                listener.committed(revision, now);
            }
        }
    }

    /// The newest first; empty where there is no such cluster.
    public Optional<Page<RevisionSummary>> revisions(String cluster, long below, int limit) {
        return entry(cluster).map(entry -> store.summaries(entry.clusterId(), below, limit));
    }

    public Optional<Revision> revision(String cluster, long number) {
        return entry(cluster).flatMap(entry -> store.find(entry.clusterId(), number));
    }

    /// The cluster as it was when this revision was the newest.
    public Optional<Configuration> asOf(String cluster, long number) {
        return entry(cluster).flatMap(entry -> store.asOf(entry.clusterId(), number));
    }

    private Optional<Entry> entry(String cluster) {
        return Optional.ofNullable(state.clusters.get(cluster));
    }

    /// Ends the subscription at the store; later edits fail where the store is closed.
    @Override
    public void close() {
        foreign.close();
    }

    /// A cluster with what is wrong in it.
    ///
    /// @param index follows this configuration; only the writer may look at it, under its lock
    private record Entry(Configuration configuration, ProblemIndex index) {
        static Entry of(Configuration configuration) {
            return new Entry(configuration, new ProblemIndex(configuration));
        }

        Map<Reference, List<Problem>> problems() {
            return index.problems();
        }

        UUID clusterId() {
            return configuration.cluster().metadata().id();
        }
    }

    /// The cluster after an edit; the configuration is null where the edit deletes it.
    private record Candidate(
            UUID clusterId,
            @Nullable Configuration configuration,
            Map<Reference, List<Problem>> problems) {

        static Candidate of(@Nullable Entry entry, List<Change> changes, long number) {
            Configuration current = entry == null ? null : entry.configuration();
            for (Change change : changes) {
                if (change.kind() == Kind.CLUSTER && change.after() == null && current != null) {
                    return new Candidate(current.cluster().metadata().id(), null, Map.of());
                }
            }
            Configuration base = current != null ? current : created(changes, number);
            Configuration after = changes.isEmpty() ? base : base.with(changes, number);
            return new Candidate(
                    after.cluster().metadata().id(),
                    after,
                    entry == null ? after.problems() : entry.index().problemsAfter(changes, after));
        }

        @SuppressWarnings("unchecked") // a change of kind CLUSTER carries a cluster
        private static Configuration created(List<Change> changes, long number) {
            return changes.stream()
                    .filter(change -> change.kind() == Kind.CLUSTER)
                    .map(Change::after)
                    .findFirst()
                    .map(cluster ->
                            Configuration.of((dev.weir.model.Resource<Cluster>) cluster, number))
                    .orElseThrow();
        }
    }

    /// Everything at one moment.
    private record State(
            Map<String, Entry> clusters, long lastNumber, Map<Kind, Integer> lastIndexes) {

        static State of(RevisionStore.State stored) {
            Map<String, Entry> clusters = new HashMap<>();
            stored.clusters()
                    .forEach((name, configuration) -> clusters.put(name, Entry.of(configuration)));
            return new State(clusters, stored.lastNumber(), stored.lastIndexes());
        }

        State with(
                Revision revision,
                @Nullable Entry entry,
                Candidate candidate,
                Map<Kind, Integer> indexes) {
            Map<String, Entry> changed = new HashMap<>(clusters);
            Configuration configuration = candidate.configuration();
            if (configuration == null) {
                changed.remove(revision.cluster());
            } else {
                changed.put(
                        revision.cluster(), followed(revision, entry, candidate, configuration));
            }
            return new State(changed, revision.number(), indexes);
        }

        private static Entry followed(
                Revision revision,
                @Nullable Entry entry,
                Candidate candidate,
                Configuration configuration) {
            if (entry == null) {
                return Entry.of(configuration);
            }
            entry.index().follow(revision.changes(), configuration, candidate.problems());
            return new Entry(configuration, entry.index());
        }
    }
}
