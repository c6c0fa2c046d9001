package dev.weir.model;

import java.util.Optional;
import java.util.function.Consumer;

/// Where observed state comes from: who applied which revision.
///
/// Implemented by controller, read by admin.
public interface RolloutStatusSource {

    /// The rollout of a cluster, or empty before its first publication.
    Optional<Rollout> rollout(String cluster);

    /// Calls the listener for every change, on the controller's thread; it must return at once.
    Subscription subscribe(Consumer<Rollout> listener);
}
