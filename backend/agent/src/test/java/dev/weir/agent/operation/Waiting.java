package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;
import dev.weir.model.OperationRunner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Waits for runs to end.
final class Waiting {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Waiting() {}

    static OperationRunner.Observation ended(OperationRunner runner, String runId)
            throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                OperationRunner.Observation now = runner.observe(runId).orElseThrow();
                if (now.state() != Diagnosis.StepState.RUNNING) {
                    return now;
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            Thread.sleep(10);
        }
        throw new AssertionError("run " + runId + ": did not end within " + DEADLINE);
    }
}
