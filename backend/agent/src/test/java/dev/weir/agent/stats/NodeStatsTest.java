package dev.weir.agent.stats;

import static dev.weir.agent.stats.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.HealthMonitor;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.snmp.MibSnapshot;
import dev.weir.snmp.OperState;
import dev.weir.snmp.VirtualServerRow;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

class NodeStatsTest {
    private final MetricsServer engine = new MetricsServer();
    private final Declared declared = new Declared();
    private NodeStats stats;

    @BeforeEach
    void start() {
        declared.declareVirtualServers(3, 7);
        stats =
                new NodeStats(
                        declared,
                        new NodeStatsSettings(
                                "shop", "n1", "0.1.0", () -> "envoy 1.40.0", Duration.ofMillis(50)),
                        engine::address,
                        InstantSource.system(),
                        UpTime.starting(System::nanoTime));
    }

    @AfterEach
    void stop() {
        stats.close();
        engine.close();
    }

    @Test
    void joinsWhatIsDeclaredWithWhatIsCounted() {
        engine.says(requests(7, 41));
        eventually(
                stats::snapshot,
                snapshot -> {
                    assertThat(snapshot.stats().get(1).requests().total()).isEqualTo(41);
                    assertThat(snapshot.stats().get(0).requests().total()).isZero();
                    assertThat(snapshot.scalars().totals().requests()).isEqualTo(41);
                    assertThat(snapshot.scalars().state()).isEqualTo(OperState.UP);
                    assertThat(snapshot.virtualServers())
                            .extracting(VirtualServerRow::name)
                            .containsExactly("vs-3", "vs-7");
                });
        assertThat(engine.query()).startsWith("usedonly&filter=^(listener\\.vs_");
    }

    @Test
    void rowsFollowARevisionAndMoveTheTimeOfTheTable() {
        long before = stats.snapshot().scalars().tableLastChange();
        declared.declareVirtualServers(7);
        eventually(
                stats::snapshot,
                snapshot -> {
                    assertThat(snapshot.virtualServers())
                            .extracting(VirtualServerRow::index)
                            .containsExactly(7);
                    assertThat(snapshot.scalars().tableLastChange()).isGreaterThan(before);
                });
    }

    @Test
    void countersThatTheEngineLostGoOn() {
        engine.says(requests(7, 100));
        eventually(stats::snapshot, snapshot -> assertThat(total(snapshot, 1)).isEqualTo(100));
        engine.says(requests(7, 4));
        eventually(stats::snapshot, snapshot -> assertThat(total(snapshot, 1)).isEqualTo(104));
    }

    @Test
    void aScrapeThatFailsKeepsTheNumbersAndLetsThemAge() {
        engine.says(requests(7, 100));
        eventually(stats::snapshot, snapshot -> assertThat(total(snapshot, 1)).isEqualTo(100));
        engine.answers(503);
        eventually(
                stats::snapshot,
                snapshot -> {
                    assertThat(snapshot.scalars().scrape().failures()).isPositive();
                    assertThat(snapshot.scalars().state()).isEqualTo(OperState.DOWN);
                    assertThat(snapshot.stats().get(1).dataAgeMillis()).isGreaterThan(150);
                    assertThat(total(snapshot, 1)).isEqualTo(100);
                    assertThat(snapshot.virtualServers().get(1).operState())
                            .isEqualTo(OperState.UNKNOWN);
                });
    }

    @Test
    void stateOfAVirtualServerIsThatOfItsTargets() {
        List<Target> targets =
                List.of(
                        target("a", Target.AdminState.ENABLED),
                        target("b", Target.AdminState.ENABLED),
                        target("c", Target.AdminState.DRAIN));
        TargetGroup group =
                new TargetGroup(
                        TargetGroup.Algorithm.ROUND_ROBIN,
                        monitor(),
                        Duration.ofSeconds(1),
                        targets);
        declared.declare(
                Map.of("vs-7", Declared.virtualServer(7, "web")),
                Map.of("web", Declared.resource("web", 4, 1, group)));
        Map<String, OperState> states =
                Map.of("2", OperState.UP, "1", OperState.DEGRADED, "0", OperState.DOWN);
        states.forEach((healthy, state) -> {
            engine.says("envoy_cluster_membership_healthy{envoy_cluster_name=\"tg_4\"} " + healthy);
            eventually(
                    stats::snapshot,
                    snapshot -> {
                        assertThat(snapshot.virtualServers()).hasSize(1);
                        assertThat(snapshot.virtualServers().getFirst().operState())
                                .isEqualTo(state);
                    });
        });
    }

    private static HealthMonitor monitor() {
        return new HealthMonitor(
                "/",
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                2,
                3,
                List.of(new HealthMonitor.StatusRange(200, 299)));
    }

    private static Target target(String name, Target.AdminState state) {
        return new Target(name, "192.0.2.1", name.charAt(0), 1, state);
    }

    private static String requests(int index, long total) {
        return "envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix=\"vs_%d\"} %d\n"
                .formatted(index, total);
    }

    private static long total(MibSnapshot snapshot, int row) {
        return snapshot.stats().size() > row ? snapshot.stats().get(row).requests().total() : -1;
    }
}
