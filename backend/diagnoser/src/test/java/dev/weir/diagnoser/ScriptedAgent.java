package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.FailureReason;
import dev.weir.model.OperationRunner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An agent whose runs end when the test says so.
final class ScriptedAgent implements OperationRunner {
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final Map<String, Observation> runs = new ConcurrentHashMap<>();
    volatile boolean reachable = true;
    volatile boolean succeedsAtOnce;

    @Override
    public Observation start(Request request) throws IOException {
        requireReachable();
        return runs.computeIfAbsent(
                request.runId(),
                runId -> {
                    requests.add(request);
                    return succeedsAtOnce
                            ? success(runId)
                            : new Observation(runId, StepState.RUNNING, 0, null, List.of());
                });
    }

    @Override
    public Optional<Observation> observe(String runId) throws IOException {
        requireReachable();
        return Optional.ofNullable(runs.get(runId));
    }

    @Override
    public void cancel(String runId) throws IOException {
        requireReachable();
        cancelled.add(runId);
    }

    @Override
    public Optional<InputStream> open(String sha256) throws IOException {
        requireReachable();
        return Optional.of(
                new ByteArrayInputStream(sha256.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    void succeed(String runId) {
        runs.put(runId, success(runId));
    }

    void fail(String runId, FailureReason reason) {
        runs.put(
                runId,
                new Observation(
                        runId,
                        StepState.FAILED,
                        0,
                        new Diagnosis.Failure(reason, "it failed"),
                        List.of()));
    }

    private static Observation success(String runId) {
        String sha256 = "%064x".formatted(runId.hashCode() & 0xffffffffL);
        return new Observation(
                runId,
                StepState.SUCCEEDED,
                100,
                null,
                List.of(new Diagnosis.Artifact(runId, sha256, 1, "pprof")));
    }

    private void requireReachable() throws IOException {
        if (!reachable) {
            throw new ConnectException("Connection refused");
        }
    }
}
