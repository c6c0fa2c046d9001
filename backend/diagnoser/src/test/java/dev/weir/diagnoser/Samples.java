package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Runs and sightings for tests.
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Policy POLICY =
            new Policy(3, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(1));

    private Samples() {}

    /// A pending run.
    ///
    /// @param steps as in `c:a,b`, which is step c after a and b
    static Diagnosis pending(String... steps) {
        return new Diagnosis(
                "run",
                new Diagnosis.Spec("set", "lab", "node", null, Map.of(), null, ""),
                new Diagnosis.Status(
                        Diagnosis.Phase.PENDING,
                        Arrays.stream(steps).map(Samples::step).toList(),
                        null,
                        null,
                        null,
                        false),
                "ann",
                NOON,
                1);
    }

    private static Diagnosis.Step step(String text) {
        String[] parts = text.split(":", -1);
        List<String> after = parts.length == 1 ? List.of() : List.of(parts[1].split(",", -1));
        return new Diagnosis.Step(
                parts[0],
                new Operation(
                        "op", "", Operation.Type.JVM_PROFILE, Map.of(), Duration.ofMinutes(2)),
                after,
                Diagnosis.StepState.WAITING,
                "",
                0,
                null,
                null,
                null,
                List.of());
    }

    static Diagnosis.Step named(Diagnosis diagnosis, String name) {
        return diagnosis.status().steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Sighting working(String runId) {
        return seen(runId, Diagnosis.StepState.RUNNING, null);
    }

    static Sighting success(String runId) {
        return new Sighting.Seen(
                new OperationRunner.Observation(
                        runId,
                        Diagnosis.StepState.SUCCEEDED,
                        100,
                        null,
                        List.of(new Diagnosis.Artifact(runId, "00".repeat(32), 1, "jfr"))));
    }

    static Sighting failure(String runId, FailureReason reason) {
        return seen(runId, Diagnosis.StepState.FAILED, new Diagnosis.Failure(reason, "it failed"));
    }

    static Sighting seen(
            String runId,
            Diagnosis.StepState state,
            Diagnosis.@org.jspecify.annotations.Nullable Failure failure) {
        return new Sighting.Seen(
                new OperationRunner.Observation(runId, state, 0, failure, List.of()));
    }
}
