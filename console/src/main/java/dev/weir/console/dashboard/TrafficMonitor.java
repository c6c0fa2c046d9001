package dev.weir.console.dashboard;

import dev.weir.console.session.LiveCluster;
import dev.weir.console.task.Background;
import dev.weir.model.Node;
import dev.weir.model.Resource;
import dev.weir.model.Subscription;
import dev.weir.snmp.SnmpSecurity;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Reads the numbers of what is visible once a second, and nothing else.
///
/// Confined to the user interface's thread; reading happens in the background, one round at a time
/// for each cluster.
public final class TrafficMonitor {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// Older than this and numbers are shown as old.
    public static final Duration STALE = Duration.ofSeconds(4);

    private final StatisticsFactory factory;
    private final @Nullable SnmpSecurity security;
    private final InstantSource clock;
    private final Background background;
    private final Map<String, ClusterWatch> clusters = new HashMap<>();
    private final ReadOnlyLongWrapper round = new ReadOnlyLongWrapper();
    private Background.Job timer = Background.Job.NONE;
    private boolean ticking;

    public TrafficMonitor(
            StatisticsFactory factory,
            @Nullable SnmpSecurity security,
            InstantSource clock,
            Background background) {
        this.factory = factory;
        this.security = security;
        this.clock = clock;
        this.background = background;
    }

    /// Grows whenever there is something new to draw, or something has become older.
    public ReadOnlyLongProperty roundProperty() {
        return round.getReadOnlyProperty();
    }

    /// The time now, on the clock that samples are stamped with.
    public Instant now() {
        return clock.instant();
    }

    /// Why a cluster's numbers cannot be read, empty where they can.
    public ReadOnlyStringProperty troubleProperty(LiveCluster cluster) {
        return of(cluster).trouble.getReadOnlyProperty();
    }

    /// The history of a virtual server; empty until it is watched.
    public TrafficHistory history(LiveCluster cluster, int index) {
        return of(cluster).histories.computeIfAbsent(index, _ -> new TrafficHistory());
    }

    /// Reads the numbers of these virtual servers until the subscription is closed.
    ///
    /// @param indexes asked anew in each round
    public Subscription watch(
            LiveCluster cluster, Supplier<? extends Collection<Integer>> indexes) {
        ClusterWatch watch = of(cluster);
        watch.wanted.add(indexes);
        if (!ticking) {
            ticking = true;
            timer = background.every(PERIOD, this::tick);
        }
        read(watch);
        return () -> {
            watch.wanted.remove(indexes);
            if (clusters.values().stream().allMatch(it -> it.wanted.isEmpty())) {
                timer.cancel();
                ticking = false;
            }
        };
    }

    /// Ends the reading and closes the doors to the nodes.
    public void close() {
        timer.cancel();
        ticking = false;
        clusters.values().forEach(watch -> background.run(watch::closeSources, _ -> {}, _ -> {}));
        clusters.clear();
    }

    private ClusterWatch of(LiveCluster cluster) {
        return clusters.computeIfAbsent(cluster.name(), _ -> new ClusterWatch(cluster));
    }

    private void tick() {
        clusters.values().forEach(this::read);
        round.set(round.get() + 1);
    }

    private void read(ClusterWatch watch) {
        Set<Integer> indexes = new TreeSet<>();
        watch.wanted.forEach(wanted -> indexes.addAll(wanted.get()));
        if (indexes.isEmpty() || watch.reading) {
            return;
        }
        List<String> addresses = watch.addresses();
        SnmpSecurity how = security;
        if (addresses.isEmpty() || how == null) {
            return;
        }
        watch.reading = true;
        background.run(
                () -> watch.readAll(addresses, indexes, how),
                samples -> {
                    watch.reading = false;
                    watch.trouble.set("");
                    show(watch, indexes, samples);
                },
                wrong -> {
                    watch.reading = false;
                    watch.trouble.set(String.valueOf(wrong.getMessage()));
                    show(watch, indexes, Map.of());
                });
    }

    private void show(
            ClusterWatch watch, Set<Integer> indexes, Map<Integer, List<TrafficSample>> samples) {
        Instant now = clock.instant();
        for (int index : indexes) {
            TrafficHistory history =
                    watch.histories.computeIfAbsent(index, _ -> new TrafficHistory());
            List<TrafficSample> nodes = samples.getOrDefault(index, List.of());
            List<TrafficSample> fresh =
                    nodes.stream().filter(it -> it.age().compareTo(STALE) <= 0).toList();
            if (fresh.isEmpty()) {
                history.miss(now);
            } else {
                history.add(now, TrafficSample.together(fresh));
            }
        }
        round.set(round.get() + 1);
    }

    /// What is watched of one cluster, and the doors to its nodes.
    private final class ClusterWatch {
        private final LiveCluster cluster;
        private final List<Supplier<? extends Collection<Integer>>> wanted = new ArrayList<>();
        private final Map<Integer, TrafficHistory> histories = new HashMap<>();
        private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
        private boolean reading;

        /// Used by the round that is being read, of which there is one.
        private final Map<String, StatisticsSource> sources = new HashMap<>();

        private ClusterWatch(LiveCluster cluster) {
            this.cluster = cluster;
        }

        private List<String> addresses() {
            return cluster.configuration().nodes().values().stream()
                    .map(Resource::spec)
                    .map(Node::snmp)
                    .filter(address -> address != null)
                    .toList();
        }

        private Map<Integer, List<TrafficSample>> readAll(
                List<String> addresses, Collection<Integer> indexes, SnmpSecurity how)
                throws IOException {
            Map<Integer, List<TrafficSample>> found = new HashMap<>();
            IOException last = null;
            for (String address : addresses) {
                try {
                    for (TrafficSample sample : source(address, how).read(indexes)) {
                        found.computeIfAbsent(sample.index(), _ -> new ArrayList<>()).add(sample);
                    }
                } catch (IOException wrong) {
                    last = wrong;
                }
            }
            if (found.isEmpty() && last != null) {
                throw last;
            }
            return found;
        }

        private synchronized StatisticsSource source(String address, SnmpSecurity how)
                throws IOException {
            @Nullable StatisticsSource known = sources.get(address);
            if (known == null) {
                known = factory.open(address, how);
                sources.put(address, known);
            }
            return known;
        }

        private synchronized boolean closeSources() {
            sources.values().forEach(StatisticsSource::close);
            sources.clear();
            return true;
        }
    }
}
