package dev.weir.profile;

/// Every distinct stack of a profile as a tree of shared prefixes, root first.
///
/// A stack is the number of its leaf node; 0 is the empty stack. A parent's number is below its
/// children's. Immutable; any thread.
public final class StackTable {
    private final int[] parent;
    private final int[] site;

    StackTable(int[] parent, int[] site) {
        this.parent = parent;
        this.site = site;
    }

    /// How many nodes there are, the empty stack among them.
    public int size() {
        return parent.length;
    }

    /// The stack without its leaf; -1 of the empty stack.
    public int parent(int stack) {
        return parent[stack];
    }

    /// The site of the stack's leaf in the profile's [FrameTable]; -1 of the empty stack.
    public int site(int stack) {
        return site[stack];
    }
}
