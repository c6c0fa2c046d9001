package dev.weir.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.snmp.VirtualServerStats;

import org.junit.jupiter.api.Test;

class RateWindowTest {
    private static final long SECOND = 1_000_000_000L;
    private final RateWindow window = new RateWindow(7, 0).startingEmpty(0);

    @Test
    void riseOfTheTotalIsExactlyTheNumberOfRequests() {
        window.accept(SECOND, requests(10_000));
        window.accept(2 * SECOND, requests(10_123));
        assertThat(window.stats().requests().total()).isEqualTo(10_123);
        assertThat(window.stats().requests().perSecond()).isEqualTo(123);
    }

    @Test
    void ratesAreOfTheTimeThatReallyPassed() {
        RawCounters raw = requests(500);
        raw.add(Slot.CONNECTIONS, 50);
        raw.add(Slot.OCTETS_OUT, 1_000_000);
        window.accept(SECOND / 2, raw);
        assertThat(window.stats().requests().perSecond()).isEqualTo(1000);
        assertThat(window.stats().connections().perSecond()).isEqualTo(100);
        assertThat(window.stats().octets().kilobitsOutPerSecond()).isEqualTo(16_000);
    }

    @Test
    void firstScrapeOfAnEngineThatRanBeforeHasNoRate() {
        RateWindow late = new RateWindow(7, 0);
        late.accept(SECOND, requests(1_000_000));
        assertThat(late.stats().requests().total()).isEqualTo(1_000_000);
        assertThat(late.stats().requests().perSecond()).isZero();
    }

    @Test
    void totalsGoOnWhenTheEngineIsStartedAgain() {
        window.accept(SECOND, requests(100));
        window.accept(2 * SECOND, RawCounters.NONE);
        assertThat(window.stats().requests().total()).isEqualTo(100);
        window.accept(3 * SECOND, requests(30));
        assertThat(window.stats().requests().total()).isEqualTo(130);
        assertThat(window.stats().requests().perSecond()).isEqualTo(30);
    }

    @Test
    void oneFallenCounterBeginsAllOfThemAnew() {
        RawCounters before = requests(100);
        before.add(Slot.OCTETS_IN, 10_000);
        window.accept(SECOND, before);
        RawCounters after = requests(150);
        after.add(Slot.OCTETS_IN, 5_000);
        window.accept(2 * SECOND, after);
        assertThat(window.stats().requests().total()).isEqualTo(250);
        assertThat(window.stats().octets().in()).isEqualTo(15_000);
    }

    @Test
    void countersAbove63BitsGoOn() {
        window.accept(SECOND, requests(Long.MAX_VALUE));
        window.accept(2 * SECOND, requests(Long.MIN_VALUE + 9));
        assertThat(window.stats().requests().total()).isEqualTo(Long.MIN_VALUE + 9);
        assertThat(window.stats().requests().perSecond()).isEqualTo(10);
    }

    @Test
    void quantilesAreThoseOfTheLastMinute() {
        window.accept(SECOND, histogram(100, 100, 100));
        assertThat(window.stats().latency().p50()).isEqualTo(500);
        long time = SECOND;
        for (int second = 2; second <= 80; second++) {
            time = second * SECOND;
            window.accept(time, histogram(100, 100 + second * 10L, 100 + second * 10L));
        }
        assertThat(window.stats().latency().p50()).as("all between 1 and 10 ms").isEqualTo(5500);
        assertThat(window.stats().latency().max()).isEqualTo(10_000);
        window.accept(time + SECOND, histogram(100, 900, 901));
        assertThat(window.stats().latency().max()).isEqualTo(0xFFFF_FFFFL);
        assertThat(window.stats().latency().p99()).isBetween(9_000L, 10_000L);
    }

    @Test
    void errorRatioIsInHundredthsOfAPercent() {
        RawCounters raw = new RawCounters();
        raw.add(Slot.RESPONSES_2XX, 399);
        raw.add(Slot.RESPONSES_5XX, 1);
        window.accept(SECOND, raw);
        assertThat(window.stats().responses().errorRatio()).isEqualTo(25);
    }

    @Test
    void remembersThePeakOfWhatItSaw() {
        RawCounters busy = new RawCounters();
        busy.add(Slot.CURRENT_CONNECTIONS, 64);
        window.accept(SECOND, busy);
        window.accept(2 * SECOND, RawCounters.NONE);
        VirtualServerStats.Connections connections = window.stats().connections();
        assertThat(connections.current()).isZero();
        assertThat(connections.peak()).isEqualTo(64);
        assertThat(connections.total()).isZero();
    }

    private static RawCounters requests(long total) {
        RawCounters raw = new RawCounters();
        raw.add(Slot.REQUESTS, total);
        return raw;
    }

    /// Cumulative counts up to 1 ms, 10 ms, and above.
    private static RawCounters histogram(long millisecond, long ten, long all) {
        RawCounters raw = new RawCounters();
        raw.addBucket(1, millisecond);
        raw.addBucket(10, ten);
        raw.addBucket(Double.POSITIVE_INFINITY, all);
        raw.add(Slot.LATENCY_COUNT, all);
        return raw;
    }
}
