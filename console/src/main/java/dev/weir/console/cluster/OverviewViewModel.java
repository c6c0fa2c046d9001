package dev.weir.console.cluster;

import dev.weir.console.dashboard.TrafficHistory;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.dashboard.TrafficSample;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.ProvisioningState;
import dev.weir.model.Metadata;
import dev.weir.model.Resource;
import dev.weir.model.Subscription;
import dev.weir.model.VirtualServer;

import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// All virtual servers of a cluster with their state and numbers.
///
/// Confined to the user interface's thread.
public final class OverviewViewModel {
    private final LiveCluster cluster;
    private final TrafficMonitor monitor;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final InvalidationListener changed = _ -> show();
    private Subscription watch = () -> {};

    /// One virtual server.
    ///
    /// @param sample the newest numbers, or null where there are none or they are too old
    public record Row(
            Resource<VirtualServer> server,
            ProvisioningState state,
            @Nullable TrafficSample sample) {

        public String name() {
            return server.name();
        }

        public VirtualServer spec() {
            return server.spec();
        }
    }

    public OverviewViewModel(LiveCluster cluster, TrafficMonitor monitor) {
        this.cluster = cluster;
        this.monitor = monitor;
        cluster.configurationProperty().addListener(changed);
        cluster.rolloutProperty().addListener(changed);
        monitor.roundProperty().addListener(changed);
        show();
    }

    public LiveCluster cluster() {
        return cluster;
    }

    public ObservableList<Row> rows() {
        return rows;
    }

    /// Begins to read numbers.
    public void shown() {
        watch.close();
        watch =
                monitor.watch(
                        cluster,
                        () ->
                                cluster.configuration().virtualServers().values().stream()
                                        .map(Resource::metadata)
                                        .map(Metadata::index)
                                        .toList());
    }

    /// Ends the reading of numbers.
    public void hidden() {
        watch.close();
        watch = () -> {};
    }

    public void close() {
        hidden();
        cluster.configurationProperty().removeListener(changed);
        cluster.rolloutProperty().removeListener(changed);
        monitor.roundProperty().removeListener(changed);
    }

    private void show() {
        List<Row> now =
                cluster.configuration().virtualServers().values().stream().map(this::row).toList();
        for (int i = 0; i < now.size(); i++) {
            if (i >= rows.size()) {
                rows.add(now.get(i));
            } else if (!rows.get(i).equals(now.get(i))) {
                rows.set(i, now.get(i));
            }
        }
        if (rows.size() > now.size()) {
            rows.remove(now.size(), rows.size());
        }
    }

    private Row row(Resource<VirtualServer> server) {
        TrafficHistory history = monitor.history(cluster, server.metadata().index());
        Instant measured = history.measured();
        boolean stale =
                measured == null
                        || Duration.between(measured, monitor.now()).compareTo(TrafficMonitor.STALE)
                                > 0;
        return new Row(server, cluster.state(server), stale ? null : history.newest());
    }
}
