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
    /// Where there is a diagnosis of this id already, it is returned as it is and nothing begins,
    /// whichever process began it and whatever its spec.
    ///
    /// @param id of the new diagnosis, a UUID in text
    /// @throws InvalidException with every problem of the spec, paths from its top
    Diagnosis start(String id, Diagnosis.Spec spec, String user) throws InvalidException;

    Optional<Diagnosis> find(String id);

    /// In the order of [DiagnosisQuery.Position].
    List<Diagnosis> list(DiagnosisQuery query);

    /// Asks a run to stop; harmless when it has ended. Empty where there is no such run.
    Optional<Diagnosis> cancel(String id);

    /// The bytes of an artifact, streamed from the node that holds it; the caller closes the
    /// stream. Empty where no diagnosis lists it or the node has collected it.
    Optional<InputStream> open(String sha256) throws java.io.IOException;

    /// Calls the listener with every new state of every diagnosis; it must return at once.
    Subscription subscribe(Consumer<Diagnosis> listener);
}
