package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.OperationRunner;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// One run of an operation: its last observation and the thread that works on it.
///
/// Any thread. The first end counts; what comes after it is ignored.
final class Run {
    private final ReentrantLock lock = new ReentrantLock();
    private final Predicate<OperationRunner.Observation> atEnd;
    private volatile OperationRunner.Observation observation;
    private @Nullable Thread worker;

    /// @param atEnd told of the end before anybody can observe it; answers whether it may be
    ///   observed
    Run(String runId, Predicate<OperationRunner.Observation> atEnd) {
        this.atEnd = atEnd;
        this.observation =
                new OperationRunner.Observation(
                        runId, Diagnosis.StepState.RUNNING, 0, null, List.of());
    }

    /// A run that ended before this process began.
    Run(OperationRunner.Observation ended) {
        this.atEnd = _ -> true;
        this.observation = ended;
    }

    OperationRunner.Observation observation() {
        return observation;
    }

    boolean hasEnded() {
        return observation.state() != Diagnosis.StepState.RUNNING;
    }

    /// Starts the worker.
    void begin(Thread thread) {
        lock.lock();
        try {
            worker = thread;
            thread.start();
        } finally {
            lock.unlock();
        }
    }

    void progress(int percent) {
        lock.lock();
        try {
            if (!hasEnded()) {
                observation =
                        new OperationRunner.Observation(
                                observation.runId(),
                                Diagnosis.StepState.RUNNING,
                                percent,
                                null,
                                List.of());
            }
        } finally {
            lock.unlock();
        }
    }

    void succeed(List<Diagnosis.Artifact> artifacts) {
        end(Diagnosis.StepState.SUCCEEDED, null, artifacts);
    }

    /// Ends the run and interrupts its worker.
    void fail(FailureReason reason, String message) {
        Diagnosis.StepState state =
                reason == FailureReason.CANCELLED
                        ? Diagnosis.StepState.CANCELLED
                        : Diagnosis.StepState.FAILED;
        end(state, new Diagnosis.Failure(reason, message), List.of());
        interrupt();
    }

    /// Interrupts the worker without an end.
    void interrupt() {
        lock.lock();
        try {
            if (worker != null && worker != Thread.currentThread()) {
                worker.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(
            Diagnosis.StepState state,
            Diagnosis.@Nullable Failure failure,
            List<Diagnosis.Artifact> artifacts) {
        lock.lock();
        try {
            if (hasEnded()) {
                return;
            }
            int progress = state == Diagnosis.StepState.SUCCEEDED ? 100 : observation.progress();
            OperationRunner.Observation end =
                    new OperationRunner.Observation(
                            observation.runId(), state, progress, failure, artifacts);
            if (atEnd.test(end)) {
                observation = end;
            }
        } finally {
            lock.unlock();
        }
    }
}
