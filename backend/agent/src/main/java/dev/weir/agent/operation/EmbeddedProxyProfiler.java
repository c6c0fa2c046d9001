package dev.weir.agent.operation;

import java.io.IOException;
import java.time.Duration;

/// Profiles the embedded proxy: records JFR in the JVM that hosts it. One recording holds both the
/// CPU samples and the allocations.
///
/// @param pid of that JVM, or `self`
public record EmbeddedProxyProfiler(String pid) implements ProxyProfiler {

    @Override
    public Captured capture(Kind kind, Duration duration, ArtifactDraft draft)
            throws IOException, OperationFailedException, InterruptedException {
        JvmRecorder.of(pid).record(duration, draft);
        return new Captured("jfr", "jfr");
    }
}
