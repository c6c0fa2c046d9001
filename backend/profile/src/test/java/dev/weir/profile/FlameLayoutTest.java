package dev.weir.profile;

import static dev.weir.profile.Profiles.node;
import static dev.weir.profile.Profiles.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class FlameLayoutTest {

    @Test
    void putsTheHeaviestFirstAndEqualOnesByName() throws IOException {
        FlameLayout layout = FlameLayout.of(tree("c 1", "a 2", "b 2", "d 9"), FlameOrder.WEIGHT);
        assertThat(row(layout, 1)).containsExactly("d", "a", "b", "c");
    }

    @Test
    void ordersByNameWhenAsked() throws IOException {
        FlameLayout layout = FlameLayout.of(tree("c 1", "a 2", "b 2"), FlameOrder.NAME);
        assertThat(row(layout, 1)).containsExactly("a", "b", "c");
    }

    @Test
    void sortsManySiblings() throws IOException {
        Random random = new Random(7);
        String[] lines =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "f" + i + " " + (1 + random.nextInt(50)))
                        .toArray(String[]::new);
        FlameLayout layout = FlameLayout.of(tree(lines), FlameOrder.WEIGHT);
        for (int box = layout.rowStart(1) + 1; box < layout.rowEnd(1); box++) {
            long left = layout.tree().weight(layout.node(box - 1));
            long right = layout.tree().weight(layout.node(box));
            assertThat(left).isGreaterThanOrEqualTo(right);
            if (left == right) {
                assertThat(layout.tree().name(layout.node(box - 1)))
                        .isLessThan(layout.tree().name(layout.node(box)));
            }
        }
    }

    @Test
    void leavesTheOwnCostOfAFrameAsAGapAtItsRight() throws IOException {
        FlameLayout layout = FlameLayout.of(tree("a;b 3", "a 2", "c;d 4"), FlameOrder.WEIGHT);
        int a = node(layout.tree(), "a");
        int c = node(layout.tree(), "c");
        assertThat(layout.start(layout.box(c))).isEqualTo(5);
        assertThat(layout.end(layout.box(c))).isEqualTo(9);
        assertThat(layout.nodeAt(1, 4.9)).isEqualTo(a);
        assertThat(layout.nodeAt(2, 2.9)).isEqualTo(node(layout.tree(), "a", "b"));
        assertThat(layout.nodeAt(2, 3.5)).isEqualTo(-1);
        assertThat(layout.nodeAt(2, 5)).isEqualTo(node(layout.tree(), "c", "d"));
        assertThat(layout.nodeAt(3, 1)).isEqualTo(-1);
    }

    @Test
    void findsTheFirstBoxBehindAPositionFromAnyBoxBefore() throws IOException {
        String[] lines =
                IntStream.range(0, 300).mapToObj(i -> "f" + i + " 2").toArray(String[]::new);
        FlameLayout layout = FlameLayout.of(tree(lines), FlameOrder.WEIGHT);
        for (int from = 0; from < 300; from += 13) {
            for (double position = 2.0 * from; position < 602; position += 0.5) {
                int expected = Math.min(300, (int) (position / 2));
                assertThat(layout.firstEndingAfter(1, layout.rowStart(1) + from, position))
                        .isEqualTo(layout.rowStart(1) + expected);
            }
        }
    }

    private static List<String> row(FlameLayout layout, int row) {
        return IntStream.range(layout.rowStart(row), layout.rowEnd(row))
                .mapToObj(box -> layout.tree().name(layout.node(box)))
                .toList();
    }
}
