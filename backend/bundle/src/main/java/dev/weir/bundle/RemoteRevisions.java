package dev.weir.bundle;

import dev.weir.api.Event;
import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.api.ResourceView;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// One cluster's desired state as an agent sees it: read through the admin API, and again whenever
/// the event stream tells of a revision.
///
/// Refreshed on the event stream's thread; read from any.
final class RemoteRevisions implements RevisionSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteRevisions.class);

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
        switch (event) {
            case Event.RevisionCommitted(var revision) -> {
                if (revision.cluster().equals(cluster)) {
                    refresh();
                }
            }
            case Event.Connected _ -> refresh();
            case Event.ClusterDeleted(var gone) -> {
                if (gone.equals(cluster)) {
                    current = null;
                    listeners.forEach(listener -> listener.deleted(gone));
                }
            }
            case Event.RolloutChanged _, Event.DiagnosisChanged _, Event.Disconnected _ -> {}
        }
    }

    private void refresh() {
        try {
            Configuration before = current;
            Configuration now = fetch();
            current = now;
            if (before == null || before.revision() != now.revision()) {
                Revision revision =
                        new Revision(
                                now.revision(),
                                cluster,
                                before == null ? 0 : before.revision(),
                                clock.instant(),
                                "",
                                "",
                                List.of());
                listeners.forEach(listener -> listener.committed(revision, now));
            }
        } catch (IOException unreachable) {
            LOG.warn(
                    "cluster {}: could not be read; tried again with the next event",
                    cluster,
                    unreachable);
        }
    }

    @SuppressWarnings("unchecked") // a resource of kind cluster holds a cluster
    private Configuration fetch() throws IOException {
        Resource<Cluster> root =
                (Resource<Cluster>) client.get("", Kind.CLUSTER, cluster).value().resource();
        List<Change> changes = new ArrayList<>();
        long revision = root.metadata().revision();
        for (Kind kind : List.of(Kind.NODE, Kind.VIRTUAL_SERVER, Kind.TARGET_GROUP)) {
            PageQuery query = new PageQuery(PageQuery.MAX_LIMIT, null, "");
            while (true) {
                Page<ResourceView> page = client.list(cluster, kind, query);
                for (ResourceView view : page.items()) {
                    changes.add(new Change(kind, view.name(), null, view.resource()));
                    revision = Math.max(revision, view.resource().metadata().revision());
                }
                if (page.next() == null) {
                    break;
                }
                query = query.after(page.next());
            }
        }
        return Configuration.of(root, 0).with(changes, revision);
    }
}
