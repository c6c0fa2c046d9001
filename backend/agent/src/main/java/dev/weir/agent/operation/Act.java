package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;
import dev.weir.model.OperationRunner;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/// What one type of operation does. Blocking; ends early when its thread is interrupted.
interface Act {

    /// Carries the operation out.
    ///
    /// @param progress told 0 to 100 as it goes
    List<Diagnosis.Artifact> perform(OperationRunner.Request request, IntConsumer progress)
            throws IOException, OperationFailedException, InterruptedException;

    /// Names what only one run at a time may use, such as the CPU profiler of one process; empty
    /// where runs do not disturb each other.
    Optional<String> exclusive(OperationRunner.Request request);
}
