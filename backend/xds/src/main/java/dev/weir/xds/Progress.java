package dev.weir.xds;

import java.util.Set;
import java.util.TreeSet;

/// How far one stream has come: the highest revision whose every response was acknowledged.
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
    /// @param refused revisions of which something was refused, and is not outstanding
    void advance(long outstanding, Set<Long> refused) {
        for (long revision : published.headSet(outstanding, false).descendingSet()) {
            if (!refused.contains(revision)) {
                applied = Math.max(applied, revision);
                published.headSet(revision, true).clear();
                return;
            }
        }
    }
}
