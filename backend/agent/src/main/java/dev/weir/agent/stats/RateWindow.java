package dev.weir.agent.stats;

import dev.weir.snmp.VirtualServerStats;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/// Turns the raw counters of one virtual server into what the MIB shows of it: totals that only
/// grow, rates of the last interval, and quantiles of the last 60 seconds.
///
/// Pure: it knows the time of scrapes alone. Owned by the thread that scrapes.
final class RateWindow {
    private static final long NANOS = 1_000_000_000L;
    private static final long WINDOW = 60 * NANOS;

    /// How far apart the moments are that the window is cut at.
    private static final long STEP = 5 * NANOS;

    private static final long NO_UPPER_BOUND = 0xFFFF_FFFFL;

    /// What had been counted at one moment.
    @SuppressWarnings("ArrayRecordComponent") // written once, by one thread, never compared
    private record Mark(long nanoTime, long[] totals, RawCounters histogram) {}

    private final int index;
    private final long discontinuity;
    private final MonotoneCounters counters = new MonotoneCounters();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private @Nullable Mark previous;
    private long peakConnections;
    private VirtualServerStats stats;

    /// @param discontinuity `sysUpTime` in hundredths of a second when the row was made
    RateWindow(int index, long discontinuity) {
        this.index = index;
        this.discontinuity = discontinuity;
        this.stats = VirtualServerStats.none(index, discontinuity);
    }

    /// Says that nothing had been counted before this moment, so that the first scrape after it has
    /// rates already. For virtual servers that are made while the agent runs.
    RateWindow startingEmpty(long nanoTime) {
        Mark empty = new Mark(nanoTime, counters.totals(), RawCounters.NONE);
        previous = empty;
        marks.add(empty);
        return this;
    }

    /// The newest numbers.
    VirtualServerStats stats() {
        return stats;
    }

    /// Takes the counters of a scrape, [RawCounters#NONE] where the engine said nothing.
    void accept(long nanoTime, RawCounters raw) {
        if (counters.accept(raw)) {
            marks.clear(); // buckets of another run of the engine cannot be subtracted
        }
        Mark now = new Mark(nanoTime, counters.totals(), raw);
        while (marks.size() > 1 && nanoTime - marks.getFirst().nanoTime >= WINDOW) {
            marks.removeFirst();
        }
        if (marks.isEmpty() || nanoTime - marks.getLast().nanoTime >= STEP) {
            marks.add(now);
        }
        peakConnections = Math.max(peakConnections, now.totals[Slot.CURRENT_CONNECTIONS.place]);
        stats = stats(previous == null ? now : previous, marks.getFirst(), now);
        previous = now;
    }

    private VirtualServerStats stats(Mark last, Mark first, Mark now) {
        return new VirtualServerStats(
                index,
                new VirtualServerStats.Connections(
                        total(now, Slot.CURRENT_CONNECTIONS),
                        peakConnections,
                        total(now, Slot.CONNECTIONS),
                        total(now, Slot.REJECTED),
                        perSecond(last, now, Slot.CONNECTIONS, 1)),
                new VirtualServerStats.Requests(
                        total(now, Slot.CURRENT_REQUESTS),
                        total(now, Slot.REQUESTS),
                        total(now, Slot.RESETS),
                        total(now, Slot.TIMEOUTS),
                        perSecond(last, now, Slot.REQUESTS, 1)),
                new VirtualServerStats.Responses(
                        total(now, Slot.RESPONSES_1XX),
                        total(now, Slot.RESPONSES_2XX),
                        total(now, Slot.RESPONSES_3XX),
                        total(now, Slot.RESPONSES_4XX),
                        total(now, Slot.RESPONSES_5XX),
                        errorRatio(first, now)),
                new VirtualServerStats.Octets(
                        total(now, Slot.OCTETS_IN),
                        total(now, Slot.OCTETS_OUT),
                        perSecond(last, now, Slot.OCTETS_IN, 8 / 1000.0),
                        perSecond(last, now, Slot.OCTETS_OUT, 8 / 1000.0)),
                new VirtualServerStats.Tls(
                        total(now, Slot.HANDSHAKES),
                        total(now, Slot.TLS_ERRORS),
                        perSecond(last, now, Slot.HANDSHAKES, 1)),
                latency(first, now),
                0,
                discontinuity);
    }

    private static long total(Mark mark, Slot slot) {
        return mark.totals[slot.place];
    }

    private static long perSecond(Mark last, Mark now, Slot slot, double unit) {
        long nanos = now.nanoTime - last.nanoTime;
        long counted = total(now, slot) - total(last, slot);
        return nanos <= 0 ? 0 : Math.round(counted * unit * NANOS / nanos);
    }

    private static int errorRatio(Mark first, Mark now) {
        long all = 0;
        for (int place = Slot.RESPONSES_1XX.place; place <= Slot.RESPONSES_5XX.place; place++) {
            all += now.totals[place] - first.totals[place];
        }
        long errors = total(now, Slot.RESPONSES_5XX) - total(first, Slot.RESPONSES_5XX);
        return all <= 0 ? 0 : (int) Math.round(10_000.0 * errors / all);
    }

    private static VirtualServerStats.Latency latency(Mark first, Mark now) {
        LatencyHistogram window = LatencyHistogram.between(first.histogram, now.histogram);
        return new VirtualServerStats.Latency(
                window.quantileMicros(0.50),
                window.quantileMicros(0.90),
                window.quantileMicros(0.95),
                window.quantileMicros(0.99),
                Math.min(window.maxMicros(), NO_UPPER_BOUND),
                total(now, Slot.LATENCY_COUNT),
                total(now, Slot.LATENCY_SUM));
    }
}
