package dev.weir.profile;

import java.util.BitSet;

/// The nodes of a call tree whose names match a pattern, and their share of the cost.
///
/// A match below another match is not counted again, so no share exceeds the whole. Immutable; any
/// thread.
public final class FrameSearch {
    private final CallTree tree;
    private final BitSet functions;
    private final int[] nodes;

    private FrameSearch(CallTree tree, BitSet functions, int[] nodes) {
        this.tree = tree;
        this.functions = functions;
        this.nodes = nodes;
    }

    /// Searches a tree; an empty pattern matches nothing.
    public static FrameSearch of(CallTree tree, SearchPattern pattern)
            throws InvalidPatternException {
        BitSet functions = new BitSet();
        if (!pattern.text().isEmpty()) {
            SearchPattern.NameTest test = pattern.compile();
            for (int f = 0; f < tree.frames().functionCount(); f++) {
                functions.set(f, test.matches(tree.frames().name(f)));
            }
        }
        IntColumn nodes = new IntColumn();
        for (int node = 1; node < tree.size(); node++) {
            if (functions.get(tree.function(node))) {
                nodes.add(node);
            }
        }
        return new FrameSearch(tree, functions, nodes.toArray());
    }

    /// How many nodes match.
    public int count() {
        return nodes.length;
    }

    /// A matching node, in preorder of the tree.
    ///
    /// @param index from 0 to [#count], exclusive
    public int node(int index) {
        return nodes[index];
    }

    /// Whether a node's name matches.
    public boolean matches(int node) {
        return node > 0 && functions.get(tree.function(node));
    }

    /// The cost of the outermost matches in a subtree, in the unit of the sample type.
    public long matchedWithin(int root) {
        long matched = 0;
        int end = 0;
        for (int node : nodes) {
            if (node >= root && node < tree.end(root) && node >= end) {
                matched += tree.total(node);
                end = tree.end(node);
            }
        }
        return matched;
    }

    /// The same as a share of the subtree's cost, 0 to 1; 0 where there is no cost.
    public double shareWithin(int root) {
        long total = tree.total(root);
        return total == 0 ? 0 : (double) matchedWithin(root) / total;
    }
}
