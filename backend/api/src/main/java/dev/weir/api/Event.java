package dev.weir.api;

import dev.weir.model.Diagnosis;
import dev.weir.model.Rollout;

/// News from the server, in order.
public sealed interface Event {

    /// A revision was committed.
    record RevisionCommitted(RevisionSummary revision) implements Event {}

    /// A cluster was deleted with everything in it.
    record ClusterDeleted(String cluster) implements Event {}

    /// A node applied or refused something.
    record RolloutChanged(Rollout rollout) implements Event {}

    /// A diagnosis has a new state.
    record DiagnosisChanged(Diagnosis diagnosis) implements Event {}

    /// The stream is up; after a first or missed stretch everything should be read anew.
    ///
    /// @param complete whether nothing was missed since the last event
    record Connected(boolean complete) implements Event {}

    /// The stream broke; it is being tried again.
    record Disconnected(String reason) implements Event {}
}
