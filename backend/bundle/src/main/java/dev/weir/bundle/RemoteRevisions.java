package dev.weir.bundle;

import dev.weir.api.ApiException;
import dev.weir.api.Event;
import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.api.ResourceView;
import dev.weir.api.RevisionSummary;
import dev.weir.api.WeirClient;
import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// One cluster's desired state as an agent sees it: read through the admin API once, then what each
/// revision changed whenever the event stream tells of one.
///
/// Refreshed on the event stream's thread; read from any.
final class RemoteRevisions implements RevisionSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteRevisions.class);

    /// What an agent needs, and may read; never the certificates.
    private static final List<Kind> FOLLOWED =
            List.of(Kind.NODE, Kind.VIRTUAL_SERVER, Kind.TARGET_GROUP);

    /// Above this, reading all of it in pages costs less.
    private static final int READ_ONE_BY_ONE = 100;

    private final WeirClient client;
    private final String cluster;
    private final InstantSource clock;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Configuration current;
    private @Nullable Subscription events;

    RemoteRevisions(WeirClient client, String cluster, InstantSource clock) {
        this.client = client;
        this.cluster = cluster;
        this.clock = clock;
    }

    /// Reads the cluster once and follows it from then on.
    ///
    /// @throws IOException where admin cannot be asked, or has no such cluster
    RemoteRevisions start() throws IOException {
        current = fetch();
        events = client.events(this::heard);
        return this;
    }

    @Override
    public Set<String> clusters() {
        return current == null ? Set.of() : Set.of(cluster);
    }

    @Override
    public Optional<Configuration> current(String wanted) {
        return wanted.equals(cluster) ? Optional.ofNullable(current) : Optional.empty();
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        Subscription open = events;
        if (open != null) {
            open.close();
        }
        client.close();
    }

    private void heard(Event event) {
        try {
            switch (event) {
                case Event.RevisionCommitted(var revision) -> {
                    if (revision.cluster().equals(cluster)) {
                        follow(revision);
                    }
                }
                case Event.Connected(var complete) -> {
                    if (!complete || current == null) {
                        publish(fetch(), List.of());
                    }
                }
                case Event.ClusterDeleted(var gone) -> {
                    if (gone.equals(cluster)) {
                        current = null;
                        listeners.forEach(listener -> listener.deleted(gone));
                    }
                }
                case Event.RolloutChanged _, Event.DiagnosisChanged _, Event.Disconnected _ -> {}
            }
        } catch (IOException unreachable) {
            LOG.warn(
                    "cluster {}: could not be read; tried again with the next event",
                    cluster,
                    unreachable);
        }
    }

    /// Reads what the revision changed, or everything where that costs less or others were missed.
    private void follow(RevisionSummary revision) throws IOException {
        Configuration before = current;
        if (before != null && revision.number() <= before.revision()) {
            return;
        }
        if (before == null
                || revision.parent() != before.revision()
                || revision.changes().size() > READ_ONE_BY_ONE) {
            publish(fetch(), List.of());
            return;
        }
        List<Change> changes = new ArrayList<>();
        for (RevisionSummary.Touched touched : revision.changes()) {
            if (touched.kind() == Kind.CLUSTER || FOLLOWED.contains(touched.kind())) {
                change(before, touched.kind(), touched.name()).ifPresent(changes::add);
            }
        }
        publish(before.with(changes, revision.number()), changes);
    }

    private Optional<Change> change(Configuration before, Kind kind, String name)
            throws IOException {
        Resource<?> old = before.find(kind, name).orElse(null);
        try {
            String parent = kind == Kind.CLUSTER ? "" : cluster;
            return Optional.of(
                    new Change(kind, name, old, client.get(parent, kind, name).value().resource()));
        } catch (ApiException answer) {
            if (answer.status() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw answer;
            }
            // gone, by this revision or by a later one; of the cluster itself its own event tells
            return old == null || kind == Kind.CLUSTER
                    ? Optional.empty()
                    : Optional.of(new Change(kind, name, old, null));
        }
    }

    private void publish(Configuration now, List<Change> changes) {
        Configuration before = current;
        current = now;
        Revision revision =
                new Revision(
                        now.revision(),
                        cluster,
                        before == null ? 0 : before.revision(),
                        clock.instant(),
                        "",
                        "",
                        changes);
        listeners.forEach(listener -> listener.committed(revision, now));
    }

    /// All of it, as of the newest revision at the beginning. What is committed meanwhile may be in
    /// it or not; its own event makes good for that.
    @SuppressWarnings("unchecked") // a resource of kind cluster holds a cluster
    private Configuration fetch() throws IOException {
        long newest =
                client.revisions(cluster, new PageQuery(1, null, "")).items().getFirst().number();
        Resource<Cluster> root =
                (Resource<Cluster>) client.get("", Kind.CLUSTER, cluster).value().resource();
        List<Change> changes = new ArrayList<>();
        for (Kind kind : FOLLOWED) {
            PageQuery query = new PageQuery(PageQuery.MAX_LIMIT, null, "");
            while (true) {
                Page<ResourceView> page = client.list(cluster, kind, query);
                for (ResourceView view : page.items()) {
                    changes.add(new Change(kind, view.name(), null, view.resource()));
                }
                if (page.next() == null) {
                    break;
                }
                query = query.after(page.next());
            }
        }
        return Configuration.of(root, 0).with(changes, newest);
    }
}
