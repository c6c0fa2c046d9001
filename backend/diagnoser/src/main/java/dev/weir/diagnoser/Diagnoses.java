package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;

/// Diagnoses with another status, one version on.
final class Diagnoses {
    private Diagnoses() {}

    static Diagnosis with(Diagnosis diagnosis, Diagnosis.Status status) {
        return new Diagnosis(
                diagnosis.id(),
                diagnosis.spec(),
                status,
                diagnosis.createdBy(),
                diagnosis.createdAt(),
                diagnosis.version() + 1);
    }

    static Diagnosis withCancelRequested(Diagnosis diagnosis) {
        Diagnosis.Status status = diagnosis.status();
        return with(
                diagnosis,
                new Diagnosis.Status(
                        status.phase(),
                        status.steps(),
                        status.startedAt(),
                        status.finishedAt(),
                        status.failure(),
                        true));
    }
}
