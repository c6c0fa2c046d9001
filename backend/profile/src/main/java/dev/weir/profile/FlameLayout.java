package dev.weir.profile;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/// Where every node of a call tree lies in a flame graph, one sorted row for each depth.
///
/// A _box_ is a node's place: a range of weight in the row of its depth. Rows lie one after the
/// other in the arrays and each is sorted, so a painter finds the first visible box by binary
/// search and leaps over boxes smaller than a pixel: a paint costs pixels, not frames. Zooming only
/// moves the window over the same layout. Which way up it is drawn is the painter's business.
/// Immutable; any thread.
public final class FlameLayout {
    private final CallTree tree;
    private final int[] rowStart;
    private final int[] node;
    private final long[] start;
    private final int[] boxOf;

    private FlameLayout(CallTree tree, int[] rowStart, int[] node, long[] start, int[] boxOf) {
        this.tree = tree;
        this.rowStart = rowStart;
        this.node = node;
        this.start = start;
        this.boxOf = boxOf;
    }

    /// Lays out a tree; a node's own cost is the gap to the right of what it calls.
    public static FlameLayout of(CallTree tree, FlameOrder order) {
        int size = tree.size();
        int[] rowStart = new int[tree.maxDepth() + 2];
        int[] boxNode = new int[size];
        long[] boxStart = new long[size];
        int[] boxOf = new int[size];
        int[] scratch = new int[size];
        IntBinaryOperator comparator = comparator(tree, order);
        int filled = 1;
        for (int row = 0; row <= tree.maxDepth(); row++) {
            int rowEnd = filled;
            rowStart[row + 1] = rowEnd;
            for (int box = rowStart[row]; box < rowEnd; box++) {
                int from = filled;
                for (int child = tree.firstChild(boxNode[box]); child >= 0; ) {
                    boxNode[filled++] = child;
                    child = tree.nextSibling(child);
                }
                IntSort.sort(boxNode, from, filled, scratch, comparator);
                long position = boxStart[box];
                for (int child = from; child < filled; child++) {
                    boxOf[boxNode[child]] = child;
                    boxStart[child] = position;
                    position += tree.weight(boxNode[child]);
                }
            }
        }
        return new FlameLayout(tree, rowStart, boxNode, boxStart, boxOf);
    }

    /// The tree that is laid out.
    public CallTree tree() {
        return tree;
    }

    /// How many rows there are; row 0 holds the root alone.
    public int rows() {
        return rowStart.length - 1;
    }

    /// The first box of a row.
    public int rowStart(int row) {
        return rowStart[row];
    }

    /// One past the last box of a row.
    public int rowEnd(int row) {
        return rowStart[row + 1];
    }

    /// The node in a box.
    public int node(int box) {
        return node[box];
    }

    /// The box of a node.
    public int box(int ofNode) {
        return boxOf[ofNode];
    }

    /// Where a box begins, in weight from the root's left edge.
    public long start(int box) {
        return start[box];
    }

    /// Where a box ends, in weight from the root's left edge.
    public long end(int box) {
        return start[box] + tree.weight(node[box]);
    }

    /// The first box of a row that ends behind a position; the row's end when none does.
    ///
    /// @param from a box of the row known not to lie behind the answer; near answers are found
    ///   faster
    public int firstEndingAfter(int row, int from, double position) {
        int low = from;
        int rowEnd = rowStart[row + 1];
        int high = low;
        for (int step = 1; high < rowEnd && end(high) <= position; step <<= 1) {
            low = high + 1;
            high = step > rowEnd - low ? rowEnd : low + step;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// The node of a row at a position, or -1 where there is a gap.
    public int nodeAt(int row, double position) {
        if (row < 0 || row >= rows()) {
            return -1;
        }
        int box = firstEndingAfter(row, rowStart[row], position);
        return box < rowStart[row + 1] && start[box] <= position ? node[box] : -1;
    }

    private static IntBinaryOperator comparator(CallTree tree, FlameOrder order) {
        int[] nameRank = nameRank(tree.frames());
        IntBinaryOperator byName =
                (a, b) -> Integer.compare(nameRank[tree.function(a)], nameRank[tree.function(b)]);
        return switch (order) {
            case NAME -> byName;
            case WEIGHT ->
                    (a, b) -> {
                        int byWeight = Long.compare(tree.weight(b), tree.weight(a));
                        return byWeight != 0 ? byWeight : byName.applyAsInt(a, b);
                    };
        };
    }

    private static int[] nameRank(FrameTable frames) {
        Integer[] byName = new Integer[frames.functionCount()];
        Arrays.setAll(byName, i -> i);
        Arrays.sort(byName, (a, b) -> frames.name(a).compareTo(frames.name(b)));
        int[] rank = new int[byName.length];
        for (int i = 0; i < byName.length; i++) {
            rank[byName[i]] = i;
        }
        return rank;
    }
}
