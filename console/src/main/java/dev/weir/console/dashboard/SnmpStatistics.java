package dev.weir.console.dashboard;

import dev.weir.snmp.SnmpException;
import dev.weir.snmp.SnmpSecurity;
import dev.weir.snmp.SnmpSession;
import dev.weir.snmp.VirtualServerRow;
import dev.weir.snmp.VirtualServerStats;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The numbers of one node over SNMP: what a chart shows is what `snmpwalk` prints.
public final class SnmpStatistics implements StatisticsSource {
    /// With more rows than this a walk takes fewer packets than a GET for each.
    private static final int WALK = 60;

    private final SnmpSession session;

    private SnmpStatistics(SnmpSession session) {
        this.session = session;
    }

    public static StatisticsSource open(String address, SnmpSecurity security)
            throws SnmpException {
        return new SnmpStatistics(SnmpSession.open(SnmpSession.address(address), security));
    }

    @Override
    public List<TrafficSample> read(Collection<Integer> indexes) throws SnmpException {
        Map<Integer, VirtualServerStats> stats =
                indexes.size() > WALK ? session.stats() : session.stats(indexes);
        Map<Integer, VirtualServerRow> rows =
                indexes.size() > WALK ? Map.of() : session.virtualServers(indexes);
        List<TrafficSample> samples = new ArrayList<>();
        stats.forEach((index, row) -> {
            if (indexes.contains(index)) {
                samples.add(sample(row, health(rows.get(index))));
            }
        });
        return samples;
    }

    @Override
    public void close() {
        session.close();
    }

    private static TrafficSample.Health health(@Nullable VirtualServerRow row) {
        return row == null
                ? TrafficSample.Health.UNKNOWN
                : new TrafficSample.Health(
                        row.operState(),
                        row.reason(),
                        row.targets().healthy(),
                        row.targets().total());
    }

    private static TrafficSample sample(VirtualServerStats row, TrafficSample.Health health) {
        return new TrafficSample(
                row.index(),
                row.requests().perSecond(),
                row.connections().current(),
                row.octets().kilobitsInPerSecond() * 1000.0,
                row.octets().kilobitsOutPerSecond() * 1000.0,
                row.responses().errorRatio() / 10_000.0,
                milliseconds(row.latency().p50()),
                milliseconds(row.latency().p99()),
                row.requests().total(),
                Duration.ofMillis(row.dataAgeMillis()),
                health);
    }

    /// The MIB says 0 where there was no request.
    private static double milliseconds(long micros) {
        return micros == 0 ? Double.NaN : micros / 1000.0;
    }
}
