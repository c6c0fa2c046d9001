package dev.weir.profile;

import static dev.weir.profile.Profiles.node;
import static dev.weir.profile.Profiles.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class ProfileDiffTest {
    private static final String[] BEFORE = {"main;a;x 6", "main;b 2", "gone 2"};
    private static final String[] AFTER = {"main;b 4", "main;a;x 9", "main;a;fresh 7"};

    @Test
    void showsFramesOfEitherSide() throws IOException {
        ProfileDiff diff = ProfileDiff.between(tree(BEFORE), tree(AFTER));
        int gone = node(diff.tree(), "gone");
        int fresh = node(diff.tree(), "main", "a", "fresh");
        assertThat(diff.change(gone)).isEqualTo(-0.2);
        assertThat(diff.baselineTotal(gone)).isEqualTo(2);
        assertThat(diff.nowTotal(gone)).isZero();
        assertThat(diff.selfChange(fresh)).isEqualTo(0.35);
        assertThat(diff.nowSelf(fresh)).isEqualTo(7);
        assertThat(diff.tree().weight(gone)).isPositive();
        assertThat(diff.tree().weight(fresh)).isPositive();
        FlameLayout layout = FlameLayout.of(diff.tree(), FlameOrder.WEIGHT);
        assertThat(layout.end(layout.box(0)))
                .isGreaterThanOrEqualTo(layout.end(layout.rowEnd(1) - 1));
    }

    @Test
    void isZeroForAProfileAndItself() throws IOException {
        ProfileDiff diff = ProfileDiff.between(tree(BEFORE), tree(BEFORE));
        for (int node = 0; node < diff.tree().size(); node++) {
            assertThat(diff.change(node)).isZero();
            assertThat(diff.selfChange(node)).isZero();
        }
    }

    @Test
    void isZeroForRecordingsThatDifferInLengthOnly() throws IOException {
        ProfileDiff diff =
                ProfileDiff.between(tree("a;b 1", "a;c 3"), tree("a;c 3000", "a;b 1000"));
        for (int node = 0; node < diff.tree().size(); node++) {
            assertThat(diff.change(node)).isZero();
        }
    }

    @Test
    void isTheOppositeWhenTheSidesAreSwapped() throws IOException {
        ProfileDiff forth = ProfileDiff.between(tree(BEFORE), tree(AFTER));
        ProfileDiff back = ProfileDiff.between(tree(AFTER), tree(BEFORE));
        String[][] paths = {
            {"main"}, {"main", "a"}, {"main", "a", "x"}, {"main", "a", "fresh"}, {"gone"}
        };
        assertThat(forth.tree().size()).isEqualTo(back.tree().size());
        for (String[] path : paths) {
            assertThat(forth.change(node(forth.tree(), path)))
                    .isEqualTo(-back.change(node(back.tree(), path)));
        }
    }

    @Test
    void refusesDifferentUnits() throws IOException {
        CallTree counts = tree(BEFORE);
        CallTree bytes =
                CallTree.of(
                        Profiles.read(
                                """
                                {"shared": {"frames": [{"name": "a"}]}, "profiles": [
                                 {"unit": "bytes", "samples": [[0]], "weights": [1]}]}
                                """
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        0);
        assertThatThrownBy(() -> ProfileDiff.between(counts, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "comparison: both profiles must count the same unit (count, bytes); choose"
                                + " matching sample types");
    }
}
