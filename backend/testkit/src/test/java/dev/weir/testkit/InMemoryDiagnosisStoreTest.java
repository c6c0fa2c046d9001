package dev.weir.testkit;

import dev.weir.model.DiagnosisStore;

/// The fake holds to the contract of the real ones.
final class InMemoryDiagnosisStoreTest extends DiagnosisStoreContract {
    private final InMemoryDiagnosisStore store = new InMemoryDiagnosisStore();

    @Override
    protected DiagnosisStore store() {
        return store;
    }
}
