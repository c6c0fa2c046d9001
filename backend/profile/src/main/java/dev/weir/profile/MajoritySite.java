package dev.weir.profile;

import java.util.Arrays;

/// Picks for each node the site that most of its weight goes through; used by one thread.
///
/// The weighted majority vote of Boyer and Moore: exact where one site holds more than half, one of
/// the frequent ones elsewhere, with two numbers for each node instead of a map.
final class MajoritySite {
    private int[] candidate = {-1};
    private long[] lead = {0};

    void vote(int node, int site, long weight) {
        if (node >= candidate.length) {
            int from = candidate.length;
            int capacity = Math.max(Growth.next(from), node + 1);
            candidate = Arrays.copyOf(candidate, capacity);
            lead = Arrays.copyOf(lead, capacity);
            Arrays.fill(candidate, from, capacity, -1);
        }
        if (candidate[node] == site) {
            lead[node] += weight;
        } else if (candidate[node] >= 0 && lead[node] >= weight) {
            lead[node] -= weight;
        } else {
            lead[node] = weight - lead[node];
            candidate[node] = site;
        }
    }

    /// The winner by node; -1 where none voted.
    int[] winners(int nodes) {
        int[] winners = Arrays.copyOf(candidate, nodes);
        if (nodes > candidate.length) {
            Arrays.fill(winners, candidate.length, nodes, -1);
        }
        return winners;
    }
}
