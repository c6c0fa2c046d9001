package dev.weir.diagnoser;

import dev.weir.model.OperationRunner;

import java.time.Instant;

/// What asking a node's agent about one run brought.
sealed interface Sighting {

    /// The agent knows the run.
    record Seen(OperationRunner.Observation observation) implements Sighting {}

    /// The agent answers, and does not know the run: it restarted while it worked.
    record Unknown() implements Sighting {}

    /// The agent does not answer.
    ///
    /// @param since the first of the vain attempts in a row
    /// @param accepted whether the agent had taken the run before
    record Unreachable(Instant since, boolean accepted, String message) implements Sighting {}
}
