package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.AgentServer;
import dev.weir.api.AgentClient;
import dev.weir.api.Connection;
import dev.weir.api.JvmProcess;
import dev.weir.model.OperationRunner;
import dev.weir.model.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/// The contract, through the agent's HTTPS door.
final class AgentClientTest extends OperationRunnerContract {
    private static final Certificates CERTIFICATES = new Certificates();
    private static final Secret TOKEN = new Secret("agent-token");

    @TempDir private Path directory;
    private LocalOperations operations;
    private AgentServer server;
    private AgentClient client;

    @BeforeEach
    void open() throws IOException {
        operations =
                LocalOperations.open(
                        directory,
                        LocalOperations.Settings.defaults(),
                        new EmbeddedProxyProfiler("self"),
                        InstantSource.system());
        server =
                new AgentServer(
                                AgentServer.Settings.loopback(
                                        Certificates.server(CERTIFICATES.valid()), TOKEN),
                                operations,
                                JavaProcesses::list)
                        .start();
        client =
                new AgentClient(
                        Connection.of(
                                URI.create("https://127.0.0.1:" + server.port()),
                                CERTIFICATES.authorityPem(),
                                TOKEN,
                                "weir-test/0"));
    }

    @AfterEach
    void close() {
        server.close();
        operations.close();
    }

    @Test
    void listsTheJvmsOfTheMachine() throws Exception {
        assertThat(client.jvms())
                .extracting(JvmProcess::pid)
                .contains(ProcessHandle.current().pid());
    }

    @Override
    OperationRunner runner() {
        return client;
    }

    @Override
    OperationRunner restarted() throws Exception {
        close();
        open();
        return client;
    }
}
