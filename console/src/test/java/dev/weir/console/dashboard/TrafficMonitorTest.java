package dev.weir.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.model.Subscription;

import org.junit.jupiter.api.Test;

import java.util.List;

class TrafficMonitorTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final LiveCluster cluster = connected();
    private final TrafficMonitor monitor =
            new TrafficMonitor(
                    fixture.statistics,
                    ConsoleFixture.ENDPOINT.snmp(),
                    fixture.clock,
                    fixture.background);

    @Test
    void readsOnceASecondWhileSomethingIsVisible() {
        TimeSeries requests = monitor.history(cluster, 2).of(Metric.REQUESTS);
        Subscription watch = monitor.watch(cluster, () -> List.of(2));
        fixture.pass(10);
        assertThat(requests.size()).isEqualTo(11);

        watch.close();
        fixture.pass(10);
        assertThat(requests.size()).as("nothing is visible").isEqualTo(11);
    }

    @Test
    void aSilentNodeLeavesAGapAndSaysSo() {
        Subscription watch = monitor.watch(cluster, () -> List.of(2));
        fixture.statistics.silence(true);
        fixture.pass(5);

        TimeSeries requests = monitor.history(cluster, 2).of(Metric.REQUESTS);
        assertThat(requests.last()).isNaN();
        assertThat(monitor.troubleProperty(cluster).get()).contains("does not answer");

        fixture.statistics.silence(false);
        fixture.pass(1);
        assertThat(requests.last()).isNotNaN();
        assertThat(monitor.troubleProperty(cluster).get()).isEmpty();
        watch.close();
    }

    @Test
    void oldNumbersAreNotDrawnAsNew() {
        Subscription watch = monitor.watch(cluster, () -> List.of(2));
        var measured = monitor.history(cluster, 2).measured();
        fixture.statistics.age(true);
        fixture.pass(3);

        assertThat(monitor.history(cluster, 2).of(Metric.REQUESTS).last()).isNaN();
        assertThat(monitor.history(cluster, 2).measured()).isEqualTo(measured);
        watch.close();
    }

    @Test
    void decimationKeepsEveryPeakAndEveryGap() {
        TimeSeries line = new TimeSeries(10_000);
        for (int i = 0; i < 6_000; i++) {
            boolean silent = i >= 3_000 && i < 4_000;
            line.add(i * 10L, silent ? Double.NaN : i == 1_234 ? 99 : i % 3);
        }

        Decimation reduced = Decimation.of(line, 0, 60_000, 100, 3_500);

        assertThat(reduced.highest(20)).isEqualTo(99);
        assertThat(reduced.lowest(20)).isZero();
        assertThat(reduced.isJoined(20)).isTrue();
        assertThat(reduced.isEmpty(55)).isTrue();
        assertThat(reduced.isJoined(67)).as("after the gap").isTrue();
        assertThat(reduced.isJoined(66)).isFalse();
    }

    @Test
    void theRingForgetsTheOldest() {
        TimeSeries line = new TimeSeries(3);
        for (int i = 0; i < 5; i++) {
            line.add(i, i);
        }

        assertThat(line.size()).isEqualTo(3);
        assertThat(line.time(0)).isEqualTo(2);
        assertThat(line.last()).isEqualTo(4);
        assertThat(line.highest(0)).isEqualTo(4);
    }

    @Test
    void anAxisEndsAtARoundNumber() {
        assertThat(Scale.top(0)).isEqualTo(3);
        assertThat(Scale.top(591)).isEqualTo(600);
        assertThat(Scale.top(36_100_000)).isEqualTo(45_000_000);
    }

    private LiveCluster connected() {
        LiveSession session =
                new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);
        session.start();
        return session.cluster("lab").orElseThrow();
    }
}
