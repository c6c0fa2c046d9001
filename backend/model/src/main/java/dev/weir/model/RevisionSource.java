package dev.weir.model;

import java.util.Optional;
import java.util.Set;

/// Where desired state comes from: the newest configuration of each cluster, and word of every
/// revision.
///
/// Implemented by admin, read by controller and agent.
public interface RevisionSource {

    /// The clusters there are.
    Set<String> clusters();

    /// The newest configuration of a cluster, or empty where there is no such cluster.
    Optional<Configuration> current(String cluster);

    /// Calls the listener for every later revision, in order, on the thread that committed it,
    /// after it is durable. A listener must return at once. Closing the subscription ends the
    /// calls.
    Subscription subscribe(Listener listener);

    /// Hears of revisions.
    interface Listener {
        /// A revision was committed, and this is the cluster's configuration now.
        void committed(Revision revision, Configuration now);

        /// The cluster was deleted with everything in it.
        void deleted(String cluster);
    }
}
