package dev.weir.agent.operation;

import dev.weir.model.OperationRunner;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// The contract, on this machine.
final class LocalOperationsTest extends OperationRunnerContract {
    @TempDir private Path directory;
    private LocalOperations operations;

    @BeforeEach
    void open() throws IOException {
        operations =
                LocalOperations.open(
                        directory,
                        LocalOperations.Settings.defaults(),
                        new EmbeddedProxyProfiler("self"),
                        InstantSource.system());
    }

    @AfterEach
    void close() {
        operations.close();
    }

    @Override
    OperationRunner runner() {
        return operations;
    }

    @Override
    OperationRunner restarted() throws Exception {
        operations.close();
        open();
        return operations;
    }
}
