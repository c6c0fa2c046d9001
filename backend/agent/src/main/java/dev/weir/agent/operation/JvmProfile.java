package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;
import dev.weir.model.OperationRunner;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/// Records JFR in a JVM of this machine.
record JvmProfile(ArtifactStore store, InstantSource clock) implements Act {

    @Override
    public Optional<String> exclusive(OperationRunner.Request request) {
        return Optional.of("jvm " + pid(request));
    }

    @Override
    public List<Diagnosis.Artifact> perform(OperationRunner.Request request, IntConsumer progress)
            throws IOException, OperationFailedException, InterruptedException {
        int seconds = GoProfile.seconds(request.parameters());
        try (ArtifactDraft draft = store.begin();
                Progress _ = Progress.over(seconds, progress)) {
            JvmRecorder.of(pid(request)).record(Duration.ofSeconds(seconds), draft);
            String name =
                    "jvm-%s-%s.jfr"
                            .formatted(pid(request), GoProfile.STAMP.format(clock.instant()));
            return List.of(draft.commit(name, "jfr"));
        }
    }

    private static String pid(OperationRunner.Request request) {
        return request.parameters().getOrDefault("pid", "self");
    }
}
