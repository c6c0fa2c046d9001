package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One run of an operation set against one node, with its state.
///
/// @param id the run's identity on every hop: a UUID in text
/// @param version grows by one with every change of the status; for optimistic writes
public record Diagnosis(
        String id, Spec spec, Status status, String createdBy, Instant createdAt, long version) {

    /// What is to be diagnosed.
    ///
    /// @param cluster the cluster of the node
    /// @param node where the operations run
    /// @param virtualServer what raised the question, or null; the console groups and compares runs
    ///   by it
    /// @param parameters override those of the steps, by parameter name
    /// @param credential the name of a stored credential for protected targets, or null
    public record Spec(
            String operationSet,
            String cluster,
            String node,
            @Nullable String virtualServer,
            Map<String, String> parameters,
            @Nullable String credential,
            String reason) {
        public Spec {
            parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
            reason = reason == null ? "" : reason;
        }
    }

    /// Where the run as a whole is.
    public enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /// Whether nothing more will happen.
        public boolean isFinal() {
            return switch (this) {
                case PENDING, RUNNING -> false;
                case SUCCEEDED, FAILED, CANCELLED -> true;
            };
        }
    }

    /// The state of a run; small, because bytes live in artifacts.
    ///
    /// @param cancelRequested an operator asked to stop
    public record Status(
            Phase phase,
            List<Step> steps,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure,
            boolean cancelRequested) {
        public Status {
            steps = List.copyOf(steps);
        }
    }

    /// Where one step is.
    public enum StepState {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        SKIPPED,
        CANCELLED
    }

    /// One step of a run, resolved when the run began: later edits of the operation set do not
    /// touch it.
    ///
    /// @param runId the agent's idempotency key: diagnosis id, step name and attempt
    /// @param attempt from 1; 0 while waiting
    public record Step(
            String name,
            Operation operation,
            List<String> after,
            StepState state,
            String runId,
            int attempt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure,
            List<Artifact> artifacts) {
        public Step {
            after = List.copyOf(after);
            artifacts = List.copyOf(artifacts);
        }
    }

    /// Why something failed.
    ///
    /// @param message what failed, which object, the value, and what to do
    public record Failure(FailureReason reason, String message) {}

    /// A file that a step left on its node.
    ///
    /// @param sha256 of the bytes, 64 lower-case hexadecimal digits; its identity
    /// @param format `pprof`, `jfr`, `collapsed`, …
    public record Artifact(String name, String sha256, long bytes, String format) {}
}
