package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.OperationRunner;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/// Profiles the proxy in use on this node.
///
/// @param profiler of the engine in use
record ProxyProfile(ProxyProfiler profiler, ArtifactStore store, InstantSource clock)
        implements Act {

    @Override
    public Optional<String> exclusive(OperationRunner.Request request) {
        return Optional.of("proxy");
    }

    @Override
    public List<Diagnosis.Artifact> perform(OperationRunner.Request request, IntConsumer progress)
            throws IOException, OperationFailedException, InterruptedException {
        String profile = request.parameters().getOrDefault("profile", "cpu");
        int seconds = GoProfile.seconds(request.parameters());
        try (ArtifactDraft draft = store.begin();
                Progress _ = Progress.over(seconds, progress)) {
            ProxyProfiler.Captured captured =
                    profiler.capture(kind(profile), Duration.ofSeconds(seconds), draft);
            String name =
                    "proxy-%s-%s.%s"
                            .formatted(
                                    profile,
                                    GoProfile.STAMP.format(clock.instant()),
                                    captured.extension());
            return List.of(draft.commit(name, captured.format()));
        }
    }

    private static ProxyProfiler.Kind kind(String profile) throws OperationFailedException {
        return switch (profile) {
            case "cpu" -> ProxyProfiler.Kind.CPU;
            case "heap" -> ProxyProfiler.Kind.HEAP;
            default ->
                    throw new OperationFailedException(
                            FailureReason.INVALID_PARAMETER,
                            "parameter profile: is unknown (%s); choose cpu or heap"
                                    .formatted(profile));
        };
    }
}
