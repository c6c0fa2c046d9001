package dev.weir.testkit;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.DiagnosisQuery.Position;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Diagnoses without a database, for tests. Any thread.
public final class InMemoryDiagnosisStore implements DiagnosisStore {
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, OperationSet> sets = new ConcurrentHashMap<>();
    private final Map<String, Credential> credentials = new ConcurrentHashMap<>();
    private final Map<String, Diagnosis> diagnoses = new LinkedHashMap<>();

    public void put(Operation operation) {
        operations.put(operation.name(), operation);
    }

    public void put(OperationSet set) {
        sets.put(set.name(), set);
    }

    public void put(Credential credential) {
        credentials.put(credential.name(), credential);
    }

    public void removeCredential(String name) {
        credentials.remove(name);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.copyOf(operations);
    }

    @Override
    public Map<String, OperationSet> operationSets() {
        return Map.copyOf(sets);
    }

    @Override
    public Optional<Credential> credential(String name) {
        return Optional.ofNullable(credentials.get(name));
    }

    @Override
    public synchronized boolean insert(Diagnosis diagnosis) {
        return diagnoses.putIfAbsent(diagnosis.id(), diagnosis) == null;
    }

    @Override
    public synchronized boolean update(Diagnosis diagnosis) {
        Diagnosis stored = diagnoses.get(diagnosis.id());
        if (stored == null || stored.version() != diagnosis.version() - 1) {
            return false;
        }
        diagnoses.put(diagnosis.id(), diagnosis);
        return true;
    }

    @Override
    public synchronized Optional<Diagnosis> find(String id) {
        return Optional.ofNullable(diagnoses.get(id));
    }

    @Override
    public synchronized List<Diagnosis> list(DiagnosisQuery query) {
        Position after = query.after();
        return diagnoses.values().stream()
                .filter(query.filter()::matches)
                .filter(found -> after == null || after.compareTo(Position.of(found)) < 0)
                .sorted(Comparator.comparing(Position::of))
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<Diagnosis> unfinished() {
        return diagnoses.values().stream()
                .filter(diagnosis -> !diagnosis.status().phase().isFinal())
                .toList();
    }

    @Override
    public synchronized Optional<Diagnosis> holderOf(String sha256) {
        return diagnoses.values().stream()
                .filter(diagnosis ->
                        diagnosis.status().steps().stream()
                                .flatMap(step -> step.artifacts().stream())
                                .anyMatch(artifact -> artifact.sha256().equals(sha256)))
                .max(Comparator.comparing(Diagnosis::createdAt));
    }
}
