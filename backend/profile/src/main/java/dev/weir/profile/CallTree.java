package dev.weir.profile;

import java.util.Arrays;

/// The calls of a profile merged by function from the root on, with the cost of one sample type.
///
/// Nodes are numbered in preorder, node 0 stands for all stacks; a node's subtree is the run from
/// it up to [#end]. Held in plain arrays and walked without recursion, so depth costs nothing.
/// Immutable; any thread.
public final class CallTree {
    private final FrameTable frames;
    private final SampleType sampleType;
    private final int[] parent;
    private final int[] end;
    private final int[] depth;
    private final int[] site;
    private final long[] self;
    private final long[] total;
    private final long[] weight;
    private final int maxDepth;

    /// @param selfByNode by preorder number, as the other arrays
    /// @param magnitude the sum of the absolute values behind `selfByNode`
    private CallTree(
            FrameTable frames,
            SampleType sampleType,
            Preorder order,
            long[] selfByNode,
            long[] magnitude) {
        this.frames = frames;
        this.sampleType = sampleType;
        this.parent = order.parent();
        this.end = order.end();
        this.site = order.key();
        this.self = selfByNode;
        this.total = sumUp(selfByNode);
        this.weight = Arrays.equals(selfByNode, magnitude) ? total : sumUp(magnitude);
        this.depth = new int[parent.length];
        int deepest = 0;
        for (int node = 1; node < parent.length; node++) {
            depth[node] = depth[parent[node]] + 1;
            deepest = Math.max(deepest, depth[node]);
        }
        this.maxDepth = deepest;
    }

    /// The tree of one sample type; stacks that this type never met are left out.
    ///
    /// @param sampleType index in [Profile#sampleTypes]
    public static CallTree of(Profile profile, int sampleType) {
        StackTable stacks = profile.stacks();
        FrameTable frames = profile.frames();
        long[] self = new long[stacks.size()];
        long[] magnitude = new long[stacks.size()];
        for (int sample = 0; sample < profile.sampleCount(); sample++) {
            long value = profile.value(sample, sampleType);
            self[profile.stack(sample)] += value;
            magnitude[profile.stack(sample)] += Math.abs(value);
        }
        long[] reach = magnitude.clone();
        for (int stack = stacks.size() - 1; stack > 0; stack--) {
            reach[stacks.parent(stack)] += reach[stack];
        }
        PrefixTree merged = new PrefixTree();
        MajoritySite sites = new MajoritySite();
        int[] nodeOf = new int[stacks.size()];
        for (int stack = 1; stack < stacks.size(); stack++) {
            if (reach[stack] != 0) {
                int site = stacks.site(stack);
                nodeOf[stack] =
                        merged.child(nodeOf[stacks.parent(stack)], frames.siteFunction(site));
                sites.vote(nodeOf[stack], site, reach[stack]);
            }
        }
        Preorder order = Preorder.of(merged.parents(), sites.winners(merged.size()));
        return new CallTree(
                frames,
                profile.sampleTypes().get(sampleType),
                order,
                moved(self, nodeOf, order),
                moved(magnitude, nodeOf, order));
    }

    /// A tree of nothing but its root, to stand in where there is no profile yet.
    public static CallTree empty() {
        return of(
                new FrameTableBuilder().build(),
                new SampleType("samples", "count"),
                new int[] {-1},
                new int[] {-1},
                new long[] {0});
    }

    /// A tree of given nodes; a parent's number must be below its children's.
    ///
    /// @param site by node; -1 of the root
    /// @param self by node, none negative
    static CallTree of(
            FrameTable frames, SampleType sampleType, int[] parent, int[] site, long[] self) {
        Preorder order = Preorder.of(parent, site);
        long[] moved = moved(self, identity(parent.length), order);
        return new CallTree(frames, sampleType, order, moved, moved);
    }

    /// Its functions and sites.
    public FrameTable frames() {
        return frames;
    }

    /// What [#self] and [#total] count.
    public SampleType sampleType() {
        return sampleType;
    }

    /// How many nodes there are, the root among them.
    public int size() {
        return parent.length;
    }

    /// The largest [#depth] of any node.
    public int maxDepth() {
        return maxDepth;
    }

    /// The calling node; -1 of the root.
    public int parent(int node) {
        return parent[node];
    }

    /// The first called node; -1 of a leaf.
    public int firstChild(int node) {
        return node + 1 < end[node] ? node + 1 : -1;
    }

    /// The next node with the same parent; -1 of the last one.
    public int nextSibling(int node) {
        return node > 0 && end[node] < end[parent[node]] ? end[node] : -1;
    }

    /// One past the last node of the subtree.
    public int end(int node) {
        return end[node];
    }

    /// How many calls lead to the node; 0 of the root.
    public int depth(int node) {
        return depth[node];
    }

    /// The function in [#frames]; -1 of the root.
    public int function(int node) {
        return node == 0 ? -1 : frames.siteFunction(site[node]);
    }

    /// The site in [#frames] that most of the node's cost went through; -1 of the root.
    public int site(int node) {
        return site[node];
    }

    /// The function's name; empty of the root.
    public String name(int node) {
        return node == 0 ? "" : frames.name(function(node));
    }

    /// The cost of the function's own code here, in the unit of the sample type.
    public long self(int node) {
        return self[node];
    }

    /// The cost of the node and all that it calls, in the unit of the sample type.
    public long total(int node) {
        return total[node];
    }

    /// The room a node takes: its total, or the sum of absolute values where some are negative.
    ///
    /// Never below the sum of the children's.
    public long weight(int node) {
        return weight[node];
    }

    private static long[] sumUp(long[] byNode, int[] parent) {
        long[] sum = byNode.clone();
        for (int node = sum.length - 1; node > 0; node--) {
            sum[parent[node]] += sum[node];
        }
        return sum;
    }

    private long[] sumUp(long[] byNode) {
        return sumUp(byNode, parent);
    }

    private static long[] moved(long[] values, int[] nodeOf, Preorder order) {
        long[] moved = new long[order.size()];
        for (int i = 0; i < values.length; i++) {
            moved[order.rank()[nodeOf[i]]] += values[i];
        }
        return moved;
    }

    private static int[] identity(int size) {
        int[] identity = new int[size];
        Arrays.setAll(identity, i -> i);
        return identity;
    }
}
