package dev.weir.xds;

import java.util.TreeSet;

/// How far one stream has come: the highest revision up to which everything that the node did not
/// refuse was acknowledged.
///
/// What it refused does not hold the number back; that is told beside it, by
/// [DeltaStream#rejected()], until a replacement is acknowledged.
///
/// Belongs to the thread of its [DeltaStream].
final class Progress {
    private final TreeSet<Long> published = new TreeSet<>();
    private long applied;

    /// A revision that this stream has to bring to its node.
    void published(long revision) {
        published.add(revision);
    }

    long applied() {
        return applied;
    }

    /// Moves on; never back.
    ///
    /// @param outstanding the first revision of which something is still to be acknowledged
    void advance(long outstanding) {
        Long reached = published.lower(outstanding);
        if (reached != null) {
            applied = Math.max(applied, reached);
            published.headSet(reached, true).clear();
        }
    }
}
