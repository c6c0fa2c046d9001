package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out operations on one node.
///
/// Implemented by agent; over HTTP by the client in api. Blocking; any thread.
public interface OperationRunner {

    /// What to do.
    ///
    /// @param runId asking twice with one id runs the operation once
    /// @param parameters complete: defaults, step and diagnosis merged
    record Request(
            String runId,
            Operation.Type type,
            Map<String, String> parameters,
            java.time.Duration timeout,
            @Nullable Credential credential) {
        public Request {
            parameters = Map.copyOf(parameters);
        }
    }

    /// Where a run is: RUNNING, SUCCEEDED, FAILED or CANCELLED.
    ///
    /// @param progress 0 to 100
    record Observation(
            String runId,
            Diagnosis.StepState state,
            int progress,
            Diagnosis.@Nullable Failure failure,
            List<Diagnosis.Artifact> artifacts) {
        // written out, because javac 25 drops @Nullable from the parameters of a compact one here
        public Observation(
                String runId,
                Diagnosis.StepState state,
                int progress,
                Diagnosis.@Nullable Failure failure,
                List<Diagnosis.Artifact> artifacts) {
            this.runId = runId;
            this.state = state;
            this.progress = progress;
            this.failure = failure;
            this.artifacts = List.copyOf(artifacts);
        }
    }

    /// Begins the operation, or finds it already begun.
    Observation start(Request request) throws IOException;

    /// Where the run is, or empty where this node does not know it (it restarted, or never heard of
    /// it).
    Optional<Observation> observe(String runId) throws IOException;

    /// Stops the run; harmless when it has ended or is unknown.
    void cancel(String runId) throws IOException;

    /// The bytes of a finished artifact, or empty where it was collected. The caller closes the
    /// stream.
    Optional<InputStream> open(String sha256) throws IOException;
}
