package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class RolloutTest {
    private static final Reference BAD = new Reference(Kind.VIRTUAL_SERVER, "bad");
    private static final Reference GOOD = new Reference(Kind.VIRTUAL_SERVER, "good");

    @Test
    void aNodeThatRefusesAnObjectHasTheRevisionsAroundItAndNotTheObject() {
        Rollout rollout =
                new Rollout(
                        "lab",
                        43,
                        Map.of(
                                "n1", node("n1", 43, List.of()),
                                "n2",
                                        node(
                                                "n2",
                                                43,
                                                List.of(
                                                        new Rollout.Rejection(
                                                                BAD, 42, "spec.port", "no")))));

        assertThat(rollout.appliedNodes(42)).isEqualTo(1);
        assertThat(rollout.appliedNodes(43)).isEqualTo(2);
        assertThat(rollout.appliedNodes(44)).isZero();
        assertThat(rollout.appliedNodes(BAD, 42)).isEqualTo(1);
        assertThat(rollout.appliedNodes(GOOD, 42)).isEqualTo(2);
    }

    private static Rollout.NodeRollout node(
            String name, long applied, List<Rollout.Rejection> rejections) {
        return new Rollout.NodeRollout(name, true, applied, Instant.EPOCH, rejections);
    }
}
