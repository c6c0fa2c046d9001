package dev.weir.console.diagnosis;

import dev.weir.model.Diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The newest healthy profile before a run, of the same virtual server and by the same operation.
///
/// @param run that left it
public record Baseline(Diagnosis run, Diagnosis.Artifact artifact) {

    /// Finds it among the known runs, or nothing where there was no such run.
    ///
    /// @param step the step of `run` whose artifact is to be compared
    static Optional<Baseline> find(
            List<Diagnosis> runs, Diagnosis run, Diagnosis.Step step, Diagnosis.Artifact artifact) {
        return runs.stream()
                .filter(it -> it.status().phase() == Diagnosis.Phase.SUCCEEDED)
                .filter(it -> it.createdAt().isBefore(run.createdAt()))
                .filter(it -> it.spec().cluster().equals(run.spec().cluster()))
                .filter(it -> Objects.equals(it.spec().virtualServer(), run.spec().virtualServer()))
                .sorted(Comparator.comparing(Diagnosis::createdAt).reversed())
                .flatMap(it ->
                        it.status().steps().stream()
                                .filter(other ->
                                        other.operation().name().equals(step.operation().name()))
                                .flatMap(other -> other.artifacts().stream())
                                .filter(other -> other.format().equals(artifact.format()))
                                .map(other -> new Baseline(it, other)))
                .findFirst();
    }
}
