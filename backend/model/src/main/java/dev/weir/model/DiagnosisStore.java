package dev.weir.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps diagnoses and what they are made of, where no Kubernetes does. Every write is durable when
/// it returns.
///
/// Implemented by admin, used by diagnoser. Blocking; any thread.
public interface DiagnosisStore {

    /// Operations by name.
    Map<String, Operation> operations();

    /// Operation sets by name.
    Map<String, OperationSet> operationSets();

    /// A credential with its token revealed, or empty.
    Optional<Credential> credential(String name);

    /// Adds a diagnosis, unless there is one of its id; answers whether it did.
    boolean insert(Diagnosis diagnosis);

    /// Replaces the diagnosis if its stored version is one less than this one's; answers whether it
    /// did.
    boolean update(Diagnosis diagnosis);

    Optional<Diagnosis> find(String id);

    /// In the order of [DiagnosisQuery.Position].
    List<Diagnosis> list(DiagnosisQuery query);

    /// Diagnoses whose phase is not final; asked once at start to go on with them.
    List<Diagnosis> unfinished();

    /// The node that holds an artifact, from the diagnosis that lists it, or empty.
    Optional<Diagnosis> holderOf(String sha256);
}
