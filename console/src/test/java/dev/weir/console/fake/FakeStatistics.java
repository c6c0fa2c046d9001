package dev.weir.console.fake;

import dev.weir.console.dashboard.StatisticsFactory;
import dev.weir.console.dashboard.StatisticsSource;
import dev.weir.console.dashboard.TrafficSample;
import dev.weir.snmp.OperState;
import dev.weir.snmp.SnmpSecurity;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// A node whose numbers rise and fall with each reading, the same in each run.
public final class FakeStatistics implements StatisticsFactory, StatisticsSource {
    private int round;
    private boolean silent;
    private boolean old;

    /// From now on the node does not answer.
    public void silence(boolean yes) {
        silent = yes;
    }

    /// From now on the agent answers with numbers that it measured long ago.
    public void age(boolean yes) {
        old = yes;
    }

    @Override
    public StatisticsSource open(String address, SnmpSecurity security) {
        return this;
    }

    @Override
    public List<TrafficSample> read(Collection<Integer> indexes) throws IOException {
        if (silent) {
            throw new IOException("node 127.0.0.1:1161: does not answer; check its SNMP agent");
        }
        round++;
        return indexes.stream().map(this::sample).toList();
    }

    private TrafficSample sample(int index) {
        double wave = Math.sin(round / 17.0 + index) + 0.4 * Math.sin(round / 3.1 + 2 * index);
        double noise = ((round * 7919L + index * 104_729L) % 97) / 97.0;
        double requests = 420 / (index + 1.0) * (3 + wave + 0.5 * noise);
        double errors = round % 61 < 6 ? 0.021 * noise : 0.0008 * noise;
        return new TrafficSample(
                index,
                requests,
                Math.round(38 + 11 * wave),
                requests * 2_100,
                requests * 61_000,
                errors,
                1.8 + 0.3 * wave,
                9.5 + 3 * wave + (round % 61 < 6 ? 14 * noise : 0),
                1_000_000L + round * 1000L,
                Duration.ofMillis(old ? 60_000 : 400),
                new TrafficSample.Health(OperState.UP, "", 5, 6));
    }

    @Override
    public void close() {}
}
