package dev.weir.profile;

import java.util.Arrays;

/// Two call trees laid over each other: every frame of either, with its share in both.
///
/// Shares are of each tree's own total, so recordings of different length compare. Immutable; any
/// thread.
public final class ProfileDiff {
    // Each side is scaled to this total in the layout: large enough that rounding stays invisible,
    // small enough that two of them never overflow.
    private static final double LAYOUT_TOTAL = 1L << 50;

    private final CallTree tree;
    private final Side baseline;
    private final Side now;

    private ProfileDiff(CallTree tree, Side baseline, Side now) {
        this.tree = tree;
        this.baseline = baseline;
        this.now = now;
    }

    /// What one of the two profiles spent, by node of the union.
    @SuppressWarnings("ArrayRecordComponent") // carries columns; never compared or printed
    private record Side(long[] self, long[] total) {

        double share(long value) {
            return total[0] == 0 ? 0 : (double) value / total[0];
        }
    }

    /// Lays a tree over its baseline.
    ///
    /// @throws IllegalArgumentException when they count in different units
    public static ProfileDiff between(CallTree baseline, CallTree now) {
        String unit = baseline.sampleType().unit();
        if (!unit.equals(now.sampleType().unit())) {
            throw new IllegalArgumentException(
                    "comparison: both profiles must count the same unit ("
                            + unit
                            + ", "
                            + now.sampleType().unit()
                            + "); choose matching sample types");
        }
        FrameTableBuilder frames = new FrameTableBuilder();
        PrefixTree union = new PrefixTree();
        IntColumn sites = new IntColumn();
        sites.add(-1);
        int[] baselineNodes = merge(baseline, frames, union, sites);
        int[] nowNodes = merge(now, frames, union, sites);
        int[] parents = union.parents();
        int[] rank = Preorder.of(parents, parents).rank();
        Side before = side(baseline, baselineNodes, rank);
        Side after = side(now, nowNodes, rank);
        long[] room = new long[union.size()];
        for (int node = 0; node < room.length; node++) {
            int at = rank[node];
            room[node] =
                    Math.round(LAYOUT_TOTAL * Math.abs(before.share(before.self()[at])))
                            + Math.round(LAYOUT_TOTAL * Math.abs(after.share(after.self()[at])));
        }
        CallTree tree =
                CallTree.of(frames.build(), now.sampleType(), parents, sites.toArray(), room);
        return new ProfileDiff(tree, before, after);
    }

    /// The union of both trees; its totals are room for a layout, not costs.
    public CallTree tree() {
        return tree;
    }

    /// The cost of a node and all it calls in the baseline, in the unit of the sample type.
    public long baselineTotal(int node) {
        return baseline.total[node];
    }

    /// The cost of a node and all it calls now, in the unit of the sample type.
    public long nowTotal(int node) {
        return now.total[node];
    }

    /// The cost of a node's own code in the baseline, in the unit of the sample type.
    public long baselineSelf(int node) {
        return baseline.self[node];
    }

    /// The cost of a node's own code now, in the unit of the sample type.
    public long nowSelf(int node) {
        return now.self[node];
    }

    /// A node's share of the whole now less its share in the baseline, from -1 to 1.
    public double change(int node) {
        return now.share(now.total[node]) - baseline.share(baseline.total[node]);
    }

    /// The same of the node's own code.
    public double selfChange(int node) {
        return now.share(now.self[node]) - baseline.share(baseline.self[node]);
    }

    /// Adds a tree's nodes to the union.
    ///
    /// @return the union's node by the tree's node
    private static int[] merge(
            CallTree tree, FrameTableBuilder frames, PrefixTree union, IntColumn sites) {
        int[] function = new int[tree.frames().functionCount()];
        Arrays.fill(function, -1);
        int[] merged = new int[tree.size()];
        for (int node = 1; node < tree.size(); node++) {
            int own = tree.function(node);
            if (function[own] < 0) {
                function[own] = frames.function(tree.frames(), own);
            }
            merged[node] = union.child(merged[tree.parent(node)], function[own]);
            if (merged[node] == sites.size()) {
                int site = tree.site(node);
                sites.add(
                        frames.site(
                                function[own],
                                tree.frames().siteLine(site),
                                tree.frames().siteKind(site)));
            }
        }
        return merged;
    }

    private static Side side(CallTree tree, int[] merged, int[] rank) {
        long[] self = new long[rank.length];
        long[] total = new long[rank.length];
        for (int node = 0; node < tree.size(); node++) {
            int at = rank[merged[node]];
            self[at] = tree.self(node);
            total[at] = tree.total(node);
        }
        return new Side(self, total);
    }
}
