package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.FailureReason;
import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;
import dev.weir.testkit.RealEnvoy;

import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// JVMs and proxies are profiled for real.
final class JvmProfileTest {
    @TempDir private Path directory;
    private LocalOperations operations;
    private ProxyProfiler proxy = new EmbeddedProxyProfiler("self");

    @BeforeEach
    void open() throws Exception {
        operations =
                LocalOperations.open(
                        directory.resolve("agent"),
                        LocalOperations.Settings.defaults(),
                        (kind, duration, draft) -> proxy.capture(kind, duration, draft),
                        InstantSource.system());
    }

    @AfterEach
    void close() {
        operations.close();
    }

    @Test
    void recordsItself() throws Exception {
        assertRecording(run(Operation.Type.JVM_PROFILE, Map.of("pid", "self", "seconds", "1")));
    }

    @Test
    void recordsAnotherJvmWithoutEndingIt() throws Exception {
        Process child = Children.java(Idle.class);
        try (BufferedReader said = reader(child)) {
            assertThat(said.readLine()).isEqualTo("idle");
            assertRecording(
                    run(
                            Operation.Type.JVM_PROFILE,
                            Map.of("pid", Long.toString(child.pid()), "seconds", "1")));
            assertThat(child.isAlive()).isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void recordsAJvmOfAnotherUserWhereTheAgentIsRoot() throws Exception {
        Path setpriv = Path.of("/usr/bin/setpriv");
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(setpriv),
                "only root can start a process of another user");
        Process child =
                new ProcessBuilder(
                                setpriv.toString(),
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-m",
                                "jdk.httpserver",
                                "-p",
                                "0",
                                "-d",
                                "/tmp")
                        .directory(Path.of("/").toFile())
                        .start();
        try (BufferedReader said = reader(child)) {
            assertThat(said.readLine()).isNotNull();
            assertRecording(
                    run(
                            Operation.Type.JVM_PROFILE,
                            Map.of("pid", Long.toString(child.pid()), "seconds", "1")));
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void namesAProcessThatIsNotThere() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();
        assertReason(
                run(Operation.Type.JVM_PROFILE, Map.of("pid", Long.toString(child.pid()))),
                FailureReason.PROCESS_NOT_FOUND);
    }

    @Test
    void neverSignalsAProcessThatIsNoJvm() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            assertReason(
                    run(Operation.Type.JVM_PROFILE, Map.of("pid", Long.toString(child.pid()))),
                    FailureReason.PROCESS_NOT_FOUND);
            assertThat(child.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void recordsTheJvmOfTheEmbeddedProxy() throws Exception {
        assertRecording(
                run(Operation.Type.PROXY_PROFILE, Map.of("profile", "cpu", "seconds", "1")));
    }

    @Test
    void takesTheHeapOfARealEnvoyAndSaysThatItsCpuCannotBeProfiled() throws Exception {
        try (RealEnvoy envoy =
                RealEnvoy.start(
                        Files.createDirectory(directory.resolve("envoy")),
                        "admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}\n")) {
            proxy = new EnvoyProxyProfiler(envoy::admin);
            OperationRunner.Observation heap =
                    run(Operation.Type.PROXY_PROFILE, Map.of("profile", "heap", "seconds", "1"));
            assertThat(heap.state()).as("%s", heap.failure()).isEqualTo(StepState.SUCCEEDED);
            assertThat(heap.artifacts().getFirst().format()).isEqualTo("pprof");
            OperationRunner.Observation cpu =
                    run(Operation.Type.PROXY_PROFILE, Map.of("profile", "cpu", "seconds", "1"));
            assertReason(cpu, FailureReason.ENGINE_UNSUPPORTED);
        }
    }

    /// Waits to be recorded.
    static final class Idle {
        private Idle() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("idle");
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    private OperationRunner.Observation run(Operation.Type type, Map<String, String> parameters)
            throws Exception {
        String runId = "run-" + System.nanoTime();
        operations.start(
                new OperationRunner.Request(runId, type, parameters, Duration.ofMinutes(1), null));
        return Waiting.ended(operations, runId);
    }

    private void assertRecording(OperationRunner.Observation end) throws Exception {
        assertThat(end.state()).as("%s", end.failure()).isEqualTo(StepState.SUCCEEDED);
        Diagnosis.Artifact artifact = end.artifacts().getFirst();
        assertThat(artifact.format()).isEqualTo("jfr");
        Path file = directory.resolve("copy.jfr");
        try (InputStream bytes = operations.open(artifact.sha256()).orElseThrow()) {
            Files.copy(bytes, file);
        }
        assertThat(RecordingFile.readAllEvents(file)).isNotEmpty();
    }

    private static void assertReason(OperationRunner.Observation end, FailureReason reason) {
        assertThat(end.failure()).isNotNull();
        assertThat(end.failure().reason()).as(end.failure().message()).isEqualTo(reason);
    }

    private static BufferedReader reader(Process child) {
        return new BufferedReader(
                new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    }
}
