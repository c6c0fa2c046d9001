package dev.weir.agent.stats;

import dev.weir.model.Configuration;
import dev.weir.model.Resource;
import dev.weir.model.VirtualServer;
import dev.weir.snmp.AgentScalars;
import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.OperState;
import dev.weir.snmp.VirtualServerRow;
import dev.weir.snmp.VirtualServerStats;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Joins what is declared with what the engine counted, and makes the snapshots.
///
/// Owned by the thread that scrapes; nothing in it waits for anything.
final class Publication {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int STALE_INTERVALS = 3;

    private final NodeStatsSettings settings;
    private final InstantSource clock;
    private final UpTime upTime;
    private final Rows rows = new Rows();
    private final Map<Integer, RateWindow> windows = new HashMap<>();
    private Map<Integer, Long> healthy = Map.of();
    private @Nullable Configuration configuration;
    private @Nullable Instant applied;
    private long tableLastChange;
    private long failures;
    private @Nullable Long lastScrape;
    private Duration interval;

    Publication(NodeStatsSettings settings, InstantSource clock, UpTime upTime) {
        this.settings = settings;
        this.clock = clock;
        this.upTime = upTime;
        this.tableLastChange = upTime.ticks();
        this.interval = settings.interval();
    }

    /// Follows a newer configuration, or null where the cluster is gone.
    void declare(@Nullable Configuration now) {
        if (configuration != null && now != null && now.revision() == configuration.revision()) {
            return;
        }
        if (now == null && configuration == null) {
            return;
        }
        boolean changed =
                configuration == null
                        || now == null
                        || !now.virtualServers().equals(configuration.virtualServers());
        if (changed) {
            tableLastChange = Math.max(tableLastChange + 1, upTime.ticks());
        }
        configuration = now;
        applied = clock.instant();
        Map<Integer, String> declared = new HashMap<>();
        if (now != null) {
            for (Resource<VirtualServer> resource : now.virtualServers().values()) {
                declared.put(resource.metadata().index(), resource.name());
            }
        }
        windows.keySet().retainAll(declared.keySet());
        for (int index : declared.keySet()) {
            windows.computeIfAbsent(index, this::window);
        }
    }

    /// Takes a scrape.
    ///
    /// @param pause until the next one
    void accept(StatsSnapshot scrape, Duration pause) {
        interval = pause;
        lastScrape = scrape.nanoTime();
        healthy = scrape.healthyTargets();
        windows.forEach((index, window) ->
                window.accept(
                        scrape.nanoTime(),
                        scrape.virtualServers().getOrDefault(index, RawCounters.NONE)));
    }

    /// Counts a scrape that failed.
    void failed() {
        failures++;
    }

    /// What the MIB says now.
    MibSnapshot snapshot() {
        long now = upTime.nanoTime().getAsLong();
        long ageMillis =
                (now - (lastScrape == null ? upTime.started() : lastScrape)) / NANOS_PER_MILLI;
        boolean fresh = lastScrape != null && ageMillis <= STALE_INTERVALS * interval.toMillis();
        List<VirtualServerRow> declared =
                configuration == null
                        ? List.of()
                        : rows.of(configuration, healthy, fresh, upTime.ticks());
        List<VirtualServerStats> stats = new ArrayList<>();
        for (VirtualServerRow row : declared) {
            RateWindow window = windows.get(row.index());
            if (window != null) {
                stats.add(window.stats().aged(ageMillis));
            }
        }
        AgentScalars scalars = scalars(stats, ageMillis, fresh);
        return new MibSnapshot(
                scalars,
                declared,
                stats,
                () -> (upTime.nanoTime().getAsLong() - now) / NANOS_PER_MILLI);
    }

    private RateWindow window(int index) {
        RateWindow window = new RateWindow(index, upTime.ticks());
        return lastScrape == null ? window : window.startingEmpty(lastScrape);
    }

    private AgentScalars scalars(List<VirtualServerStats> stats, long ageMillis, boolean fresh) {
        long targets =
                configuration == null
                        ? 0
                        : configuration.targetGroups().values().stream()
                                .mapToLong(group -> group.spec().targets().size())
                                .sum();
        return new AgentScalars(
                settings.agentVersion(),
                settings.engineVersion().get(),
                AgentScalars.Scope.NODE,
                settings.cluster(),
                settings.node(),
                lastScrape == null ? OperState.UNKNOWN : fresh ? OperState.UP : OperState.DOWN,
                configuration == null ? "" : Long.toString(configuration.revision()),
                applied,
                new AgentScalars.Scrape(interval.toMillis(), ageMillis, failures),
                new AgentScalars.Counts(
                        stats.size(),
                        configuration == null ? 0 : configuration.targetGroups().size(),
                        targets),
                tableLastChange,
                0,
                Totals.of(stats));
    }
}
