package dev.weir.agent.operation;

import java.io.IOException;
import java.time.Duration;

/// Profiles the proxy of this node by whatever its engine offers.
///
/// Blocking; ends early when its thread is interrupted.
@FunctionalInterface
public interface ProxyProfiler {

    /// What is looked at.
    enum Kind {
        CPU,
        HEAP
    }

    /// What was written.
    ///
    /// @param format `pprof` or `jfr`
    /// @param extension of a file that holds it, as in `pb.gz`
    record Captured(String format, String extension) {}

    /// Writes a profile to the draft.
    ///
    /// @param duration what a profile over time covers; a snapshot ignores it
    /// @throws OperationFailedException ENGINE_UNSUPPORTED where the engine has no such profile
    Captured capture(Kind kind, Duration duration, ArtifactDraft draft)
            throws IOException, OperationFailedException, InterruptedException;
}
