package dev.weir.agent.stats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Makes a snapshot of the metrics of one scrape.
final class StatsReader {
    private static final byte[] LISTENER = bytes("envoy_listener_address");
    private static final byte[] CONNECTION_MANAGER = bytes("envoy_http_conn_manager_prefix");
    private static final byte[] CLUSTER = bytes("envoy_cluster_name");
    private static final byte[] RESPONSE_CLASS = bytes("envoy_response_code_class");
    private static final byte[] UPPER_BOUND = bytes("le");
    private static final byte[] VIRTUAL_SERVER = bytes("vs_");
    private static final byte[] TARGET_GROUP = bytes("tg_");
    private static final Slot[] RESPONSES = {
        Slot.RESPONSES_1XX,
        Slot.RESPONSES_2XX,
        Slot.RESPONSES_3XX,
        Slot.RESPONSES_4XX,
        Slot.RESPONSES_5XX
    };

    @SuppressWarnings("ArrayRecordComponent") // a constant, never compared
    private record Known(Family family, byte[] name) {}

    private static final Map<Integer, Known> FAMILIES = families();

    private final Map<Integer, RawCounters> virtualServers = new HashMap<>();
    private final Map<Integer, Long> healthy = new HashMap<>();

    private StatsReader() {}

    /// Reads all of the stream; nothing of it counts where it breaks off.
    static StatsSnapshot read(InputStream stream, long maxBytes, long nanoTime) throws IOException {
        StatsReader reader = new StatsReader();
        new PrometheusText().read(stream, maxBytes, reader::sample);
        return new StatsSnapshot(
                nanoTime, Map.copyOf(reader.virtualServers), Map.copyOf(reader.healthy));
    }

    private void sample(PrometheusText.Line line) {
        Known known = FAMILIES.get(line.nameHash());
        if (known == null || !line.named(known.name)) {
            return;
        }
        if (known.family == Family.MEMBERS_HEALTHY) {
            int group = line.numberedLabel(CLUSTER, TARGET_GROUP);
            if (group >= 0) {
                healthy.put(group, line.unsigned());
            }
            return;
        }
        int index = line.numberedLabel(CONNECTION_MANAGER, VIRTUAL_SERVER);
        if (index < 0) {
            index = line.numberedLabel(LISTENER, VIRTUAL_SERVER);
        }
        if (index < 0) {
            return;
        }
        RawCounters counters = virtualServers.get(index);
        if (counters == null) {
            counters = new RawCounters();
            virtualServers.put(index, counters);
        }
        add(counters, known.family, line);
    }

    private static void add(RawCounters counters, Family family, PrometheusText.Line line) {
        if (family.slot != null) {
            counters.add(family.slot, line.unsigned());
        } else if (family == Family.RESPONSES) {
            double responseClass = line.numericLabel(RESPONSE_CLASS);
            if (responseClass >= 1 && responseClass <= RESPONSES.length) {
                counters.add(RESPONSES[(int) responseClass - 1], line.unsigned());
            }
        } else if (family == Family.TIME_BUCKET) {
            counters.addBucket(line.numericLabel(UPPER_BOUND), line.unsigned());
        } else if (family == Family.TIME_SUM) {
            double millis = line.value();
            counters.add(Slot.LATENCY_SUM, millis > 0 ? Math.round(millis * 1000) : 0);
        }
    }

    private static Map<Integer, Known> families() {
        Map<Integer, Known> families = new HashMap<>();
        for (Family family : Family.ALL) {
            byte[] name = bytes(family.metric);
            if (families.put(PrometheusText.Line.hash(name), new Known(family, name)) != null) {
                throw new AssertionError("two metrics with the hash of " + family);
            }
        }
        return Map.copyOf(families);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
