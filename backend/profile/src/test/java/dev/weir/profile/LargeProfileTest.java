package dev.weir.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A tree of a million nodes, five thousand deep: recursion anywhere would overflow the stack.
class LargeProfileTest {
    private static final int FUNCTIONS = 200;
    private static final int DEPTH = 5_000;

    @Test
    void laysOutAMillionNodesOfGreatDepth() throws IOException {
        Profile profile = Profiles.read(deepProfile());
        CallTree tree = CallTree.of(profile, 0);
        assertThat(tree.size()).isGreaterThan(1_000_000);
        assertThat(tree.maxDepth()).isEqualTo(DEPTH);
        FlameLayout layout = FlameLayout.of(tree, FlameOrder.WEIGHT);
        assertThat(layout.rows()).isEqualTo(DEPTH + 1);
        for (int row = 1; row < layout.rows(); row++) {
            for (int box = layout.rowStart(row) + 1; box < layout.rowEnd(row); box++) {
                assertThat(layout.start(box) >= layout.end(box - 1)).isTrue();
            }
        }
        assertThat(TopTable.of(tree).rows()).hasSize(FUNCTIONS);
        assertThat(ProfileDiff.between(tree, tree).tree().size()).isEqualTo(tree.size());
        StringBuilder deepest = new StringBuilder();
        CollapsedWriter.write(tree, layout.node(layout.rowStart(DEPTH)), deepest);
        assertThat(deepest.toString().split(";", -1)).hasSize(DEPTH);
    }

    /// Stacks that share their first frames and part one after the other.
    private static byte[] deepProfile() {
        ProtoWriter profile = ProtoWriter.profile(FUNCTIONS);
        for (int stack = 0; stack < 400; stack++) {
            List<Long> locations = new ArrayList<>();
            for (int depth = DEPTH; depth > 0; depth--) {
                int step = depth <= stack * 12 ? depth * 7 : depth * 11 + stack;
                locations.add(1L + step % FUNCTIONS);
            }
            profile.message(2, new ProtoWriter().packed(1, locations).number(2, 1 + stack % 9));
        }
        return profile.toBytes();
    }
}
