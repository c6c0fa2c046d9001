package dev.weir.profile;

/// The nodes of a tree renumbered in preorder, siblings in the order they had.
///
/// @param rank the new number by old number
/// @param parent by new number; -1 of the root
/// @param end one past the subtree's last node, by new number
/// @param key what the node carried, by new number
@SuppressWarnings("ArrayRecordComponent") // carries columns; never compared or printed
record Preorder(int[] rank, int[] parent, int[] end, int[] key) {

    /// @param parent by old number; every parent's number is below its children's
    static Preorder of(int[] parent, int[] key) {
        int size = parent.length;
        int[] subtree = new int[size];
        for (int node = size - 1; node >= 0; node--) {
            subtree[node]++;
            if (node > 0) {
                subtree[parent[node]] += subtree[node];
            }
        }
        int[] rank = new int[size];
        int[] nextRank = new int[size];
        nextRank[0] = 1;
        int[] newParent = new int[size];
        int[] end = new int[size];
        int[] newKey = new int[size];
        newParent[0] = -1;
        end[0] = size;
        newKey[0] = key[0];
        for (int node = 1; node < size; node++) {
            int at = nextRank[parent[node]];
            nextRank[parent[node]] += subtree[node];
            nextRank[node] = at + 1;
            rank[node] = at;
            newParent[at] = rank[parent[node]];
            end[at] = at + subtree[node];
            newKey[at] = key[node];
        }
        return new Preorder(rank, newParent, end, newKey);
    }

    int size() {
        return parent.length;
    }
}
