package dev.weir.model;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Starts, watches and stops diagnoses.
///
/// Implemented by diagnoser, used by admin. Blocking; any thread.
public interface DiagnosisRuns {

    /// Checks the spec, stores a pending diagnosis and returns it; the run goes on by itself.
    ///
    /// @throws InvalidException with every problem of the spec, paths from its top
    Diagnosis start(Diagnosis.Spec spec, String user) throws InvalidException;

    Optional<Diagnosis> find(String id);

    /// The newest first.
    List<Diagnosis> newest(int limit);

    /// Asks a run to stop; harmless when it has ended. Empty where there is no such run.
    Optional<Diagnosis> cancel(String id);

    /// The bytes of an artifact, streamed from the node that holds it; the caller closes the
    /// stream. Empty where no diagnosis lists it or the node has collected it.
    Optional<InputStream> open(String sha256) throws java.io.IOException;

    /// Calls the listener with every new state of every diagnosis; it must return at once.
    Subscription subscribe(Consumer<Diagnosis> listener);
}
