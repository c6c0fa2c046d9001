package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The moves of one step; each returns the step after it.
final class Steps {
    private Steps() {}

    static boolean isFinal(Diagnosis.StepState state) {
        return switch (state) {
            case WAITING, RUNNING -> false;
            case SUCCEEDED, FAILED, SKIPPED, CANCELLED -> true;
        };
    }

    static Diagnosis.Step started(Diagnosis.Step step, String diagnosis, Instant now) {
        int attempt = step.attempt() + 1;
        return new Diagnosis.Step(
                step.name(),
                step.operation(),
                step.after(),
                Diagnosis.StepState.RUNNING,
                diagnosis + "-" + step.name() + "-" + attempt,
                attempt,
                now,
                null,
                null,
                List.of());
    }

    static Diagnosis.Step succeeded(
            Diagnosis.Step step, List<Diagnosis.Artifact> artifacts, Instant now) {
        return ended(step, Diagnosis.StepState.SUCCEEDED, null, artifacts, now);
    }

    static Diagnosis.Step ended(
            Diagnosis.Step step,
            Diagnosis.StepState state,
            Diagnosis.Failure failure,
            Instant now) {
        return ended(step, state, failure, List.of(), now);
    }

    /// Waits for another attempt; keeps when and why the last one failed.
    static Diagnosis.Step waitsAgain(Diagnosis.Step step, Diagnosis.Failure failure, Instant now) {
        return ended(step, Diagnosis.StepState.WAITING, failure, List.of(), now);
    }

    static Diagnosis.Step skipped(Diagnosis.Step step, Diagnosis.Step because, Instant now) {
        Diagnosis.Failure failure =
                new Diagnosis.Failure(
                        FailureReason.DEPENDENCY_FAILED,
                        "step %s: was not begun, because step %s did not succeed; correct that one"
                                .formatted(step.name(), because.name()));
        return ended(step, Diagnosis.StepState.SKIPPED, failure, List.of(), now);
    }

    private static Diagnosis.Step ended(
            Diagnosis.Step step,
            Diagnosis.StepState state,
            Diagnosis.@Nullable Failure failure,
            List<Diagnosis.Artifact> artifacts,
            Instant now) {
        return new Diagnosis.Step(
                step.name(),
                step.operation(),
                step.after(),
                state,
                step.runId(),
                step.attempt(),
                step.startedAt(),
                now,
                failure,
                artifacts);
    }
}
