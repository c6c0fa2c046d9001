package dev.weir.cli;

import dev.weir.api.Words;
import dev.weir.model.Diagnosis;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/// Diagnoses as tables.
final class DiagnosisTable {
    private DiagnosisTable() {}

    static Table of(List<Diagnosis> diagnoses) {
        Table table = new Table("ID", "SET", "NODE", "VIRTUAL SERVER", "PHASE", "BY", "CREATED");
        for (Diagnosis diagnosis : diagnoses) {
            String server = diagnosis.spec().virtualServer();
            table.row(
                    diagnosis.id(),
                    diagnosis.spec().operationSet(),
                    diagnosis.spec().node(),
                    server == null ? "" : server,
                    Words.of(diagnosis.status().phase()),
                    diagnosis.createdBy(),
                    diagnosis.createdAt().truncatedTo(ChronoUnit.SECONDS));
        }
        return table;
    }

    /// The steps of one, with what they left or why they failed.
    static Table steps(Diagnosis diagnosis) {
        Table table = new Table("STEP", "STATE", "ATTEMPT", "RESULT");
        for (Diagnosis.Step step : diagnosis.status().steps()) {
            table.row(step.name(), Words.of(step.state()), step.attempt(), result(step));
        }
        return table;
    }

    private static String result(Diagnosis.Step step) {
        Diagnosis.Failure failure = step.failure();
        if (failure != null) {
            return Words.of(failure.reason()) + ": " + failure.message();
        }
        return step.artifacts().stream()
                .map(artifact ->
                        "%s %s %d bytes"
                                .formatted(artifact.sha256(), artifact.format(), artifact.bytes()))
                .collect(Collectors.joining(", "));
    }
}
