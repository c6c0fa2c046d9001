package dev.weir.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

class StatsReaderTest {
    private static final String METRICS =
            """
            # TYPE envoy_listener_downstream_cx_total counter
            envoy_listener_downstream_cx_total{envoy_listener_address="vs_7"} 12
            envoy_listener_downstream_cx_total{envoy_listener_address="127.0.0.1_9901"} 99
            envoy_listener_admin_downstream_cx_total{} 4
            envoy_listener_downstream_cx_overflow{envoy_listener_address="vs_7"} 2
            envoy_listener_no_filter_chain_match{envoy_listener_address="vs_7"} 3
            envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="vs_7"} 18446744073709551613
            envoy_http_downstream_rq_xx{envoy_response_code_class="5",envoy_http_conn_manager_prefix="vs_7"} 6
            envoy_http_downstream_rq_active{envoy_http_conn_manager_prefix="vs_8"} 1 1700000000000
            envoy_http_downstream_rq_time_bucket{envoy_http_conn_manager_prefix="vs_7",le="0.5"} 0
            envoy_http_downstream_rq_time_bucket{envoy_http_conn_manager_prefix="vs_7",le="1"} 4
            envoy_http_downstream_rq_time_bucket{envoy_http_conn_manager_prefix="vs_7",le="+Inf"} 9
            envoy_http_downstream_rq_time_sum{envoy_http_conn_manager_prefix="vs_7"} 10.4765
            envoy_http_downstream_rq_time_count{envoy_http_conn_manager_prefix="vs_7"} 9
            envoy_cluster_membership_healthy{envoy_cluster_name="tg_3"} 2
            """;

    @Test
    void readsWhatAnEngineCounts() throws IOException {
        StatsSnapshot snapshot = read(METRICS);
        RawCounters seven = snapshot.virtualServers().get(7);
        assertThat(seven.value(Slot.CONNECTIONS)).isEqualTo(12);
        assertThat(seven.value(Slot.REJECTED)).isEqualTo(5);
        assertThat(seven.value(Slot.REQUESTS)).isEqualTo(-3);
        assertThat(seven.value(Slot.RESPONSES_5XX)).isEqualTo(6);
        assertThat(seven.value(Slot.LATENCY_SUM)).isEqualTo(10_477);
        assertThat(seven.buckets()).isEqualTo(3);
        assertThat(seven.bound(2)).isInfinite();
        assertThat(seven.cumulative(2)).isEqualTo(9);
        assertThat(snapshot.virtualServers().get(8).value(Slot.CURRENT_REQUESTS)).isEqualTo(1);
        assertThat(snapshot.virtualServers()).containsOnlyKeys(7, 8);
        assertThat(snapshot.healthyTargets()).containsEntry(3, 2L);
    }

    @Test
    void readsTheSameInPiecesOfAnySize() throws IOException {
        byte[] bytes = METRICS.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size < 200; size += 7) {
            int piece = size;
            InputStream slow =
                    new ByteArrayInputStream(bytes) {
                        @Override
                        public synchronized int read(byte[] into, int from, int length) {
                            return super.read(into, from, Math.min(length, piece));
                        }
                    };
            StatsSnapshot snapshot = StatsReader.read(slow, Long.MAX_VALUE, 0);
            assertThat(snapshot.virtualServers().get(7).value(Slot.RESPONSES_5XX)).isEqualTo(6);
            assertThat(snapshot.healthyTargets()).containsEntry(3, 2L);
        }
    }

    @Test
    void passesOverLinesThatMakeNoSense() throws IOException {
        String junk =
                """
                envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="vs_7
                envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix=vs_7} 4
                envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="vs_"} 4
                envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="vs_99999999999"} 4
                envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="vs_x"} 4
                {} {} {}
                envoy_http_downstream_rq_total
                envoy_http_downstream_rq_total{a="\\
                """
                        + "envoy_http_downstream_rq_total{x=\""
                        + "y".repeat(200_000)
                        + "\"} 4\n"
                        + "envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix=\"vs_7\"} 5";
        StatsSnapshot snapshot = read(junk);
        assertThat(snapshot.virtualServers()).containsOnlyKeys(7);
        assertThat(snapshot.virtualServers().get(7).value(Slot.REQUESTS)).isEqualTo(5);
    }

    @Test
    void readsRandomBytesToTheirEnd() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = METRICS.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 40; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            StatsSnapshot snapshot =
                    StatsReader.read(new ByteArrayInputStream(bytes), Long.MAX_VALUE, 0);
            assertThat(snapshot).isNotNull();
        }
    }

    @Test
    void givesUpAStreamWithoutEnd() {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                };
        assertThatThrownBy(() -> StatsReader.read(endless, 1_000_000, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000000");
    }

    private static StatsSnapshot read(String text) throws IOException {
        return StatsReader.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Long.MAX_VALUE, 0);
    }
}
