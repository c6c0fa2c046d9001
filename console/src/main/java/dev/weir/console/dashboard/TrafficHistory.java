package dev.weir.console.dashboard;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// The last minutes of one virtual server. Confined to the user interface's thread.
public final class TrafficHistory {
    /// Ten minutes of one sample a second.
    private static final int CAPACITY = 600;

    private final Map<Metric, TimeSeries> series = new EnumMap<>(Metric.class);
    private @Nullable TrafficSample newest;
    private @Nullable Instant measured;

    public TrafficHistory() {
        for (Metric metric : Metric.values()) {
            series.put(metric, new TimeSeries(CAPACITY));
        }
    }

    /// The line of a metric.
    public TimeSeries of(Metric metric) {
        TimeSeries found = series.get(metric);
        if (found == null) {
            throw new IllegalStateException("metric " + metric + ": has no line");
        }
        return found;
    }

    /// The newest sample, or null before the first.
    public @Nullable TrafficSample newest() {
        return newest;
    }

    /// When the newest numbers were measured, or null before the first.
    public @Nullable Instant measured() {
        return measured;
    }

    /// How long before `now` the oldest reading that is kept was made; zero before the first.
    Duration reach(Instant now) {
        TimeSeries line = of(Metric.REQUESTS);
        return line.size() == 0
                ? Duration.ZERO
                : Duration.between(Instant.ofEpochMilli(line.time(0)), now);
    }

    /// Adds a sample that was read at `now`.
    public void add(Instant now, TrafficSample sample) {
        newest = sample;
        measured = now.minus(sample.age());
        series.forEach((metric, line) -> line.add(now.toEpochMilli(), metric.of(sample)));
    }

    /// Notes that there was nothing to read at `now`.
    public void miss(Instant now) {
        series.forEach((_, line) -> line.add(now.toEpochMilli(), Double.NaN));
    }
}
