package dev.weir.profile;

import java.util.Arrays;

/// A growing tree whose nodes are found by parent and key; used by one thread.
///
/// Node 0 is the root. A parent's number is always below its children's, so one pass upward or
/// downward over the numbers replaces every recursion.
final class PrefixTree {
    private int[] parent = new int[64];
    private int[] key = new int[64];
    private int[] slots = new int[128];
    private int size = 1;

    PrefixTree() {
        parent[0] = -1;
        key[0] = -1;
    }

    /// The child of a node under a key, made when it was not there.
    int child(int node, int childKey) {
        int slot = slotOf(node, childKey);
        if (slots[slot] != 0) {
            return slots[slot];
        }
        if (size == parent.length) {
            int capacity = Growth.next(size);
            parent = Arrays.copyOf(parent, capacity);
            key = Arrays.copyOf(key, capacity);
        }
        int child = size++;
        parent[child] = node;
        key[child] = childKey;
        slots[slot] = child;
        if (size > slots.length / 2 && slots.length < 1 << 30) {
            rehash();
        }
        return child;
    }

    int size() {
        return size;
    }

    int parent(int node) {
        return parent[node];
    }

    int key(int node) {
        return key[node];
    }

    int[] parents() {
        return Arrays.copyOf(parent, size);
    }

    int[] keys() {
        return Arrays.copyOf(key, size);
    }

    private int slotOf(int node, int childKey) {
        int mask = slots.length - 1;
        int slot = (int) Hash.mix(((long) node << 32) | (childKey & 0xffffffffL)) & mask;
        while (slots[slot] != 0 && (parent[slots[slot]] != node || key[slots[slot]] != childKey)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        for (int node = 1; node < size; node++) {
            slots[slotOf(parent[node], key[node])] = node;
        }
    }
}
