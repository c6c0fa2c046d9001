package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;
import dev.weir.model.Secret;
import dev.weir.testkit.GoTool;

import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A real Go program behind TLS and a bearer token is profiled, and what is kept is what it sent.
final class RealGoProgramTest {
    private static final String TOKEN = "token-of-the-go-program";
    private static final Certificates CERTIFICATES = new Certificates();

    @TempDir private static Path directory;
    private static Process program;
    private static String url = "";
    private static LocalOperations operations;

    @BeforeAll
    static void startTheProgram() throws Exception {
        Path binary = directory.resolve("pprofserver");
        GoTool.require(directory).build(Path.of("src/test/go/pprofserver"), binary);
        X509Bundle certificate = CERTIFICATES.valid();
        Path pem = Files.writeString(directory.resolve("pem"), certificate.getCertificatePathPEM());
        Path key = Files.writeString(directory.resolve("key"), certificate.getPrivateKeyPEM());
        Path sent = Files.createDirectory(directory.resolve("sent"));
        program =
                new ProcessBuilder(
                                binary.toString(),
                                "-token=" + TOKEN,
                                "-certificate=" + pem,
                                "-key=" + key,
                                "-record=" + sent)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        url = "https://" + said.readLine();
        operations =
                LocalOperations.open(
                        directory.resolve("agent"),
                        LocalOperations.Settings.defaults(),
                        new EmbeddedProxyProfiler("self"),
                        InstantSource.system());
    }

    @AfterAll
    static void stopTheProgram() throws Exception {
        if (operations != null) {
            operations.close();
        }
        if (program != null) {
            program.destroyForcibly().waitFor();
        }
    }

    @Test
    void keepsTheCpuProfileThatTheProgramSent() throws Exception {
        assertKept("cpu");
    }

    @Test
    void keepsTheHeapProfileThatTheProgramSent() throws Exception {
        assertKept("heap");
    }

    @Test
    void keepsTheGoroutineProfileThatTheProgramSent() throws Exception {
        assertKept("goroutine");
    }

    @Test
    void queuesForTheOneCpuProfiler() throws Exception {
        for (int i = 0; i < 3; i++) {
            operations.start(request("queued-" + i, "cpu", TOKEN));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(ended("queued-" + i).state()).isEqualTo(Diagnosis.StepState.SUCCEEDED);
        }
    }

    @Test
    void namesAWrongToken() throws Exception {
        operations.start(request("wrong-token", "heap", "wrong"));
        OperationRunner.Observation end = ended("wrong-token");
        assertThat(end.failure()).isNotNull();
        assertThat(end.failure().reason()).isEqualTo(FailureReason.UNAUTHORIZED);
    }

    private static void assertKept(String profile) throws Exception {
        operations.start(request("run-" + profile, profile, TOKEN));
        OperationRunner.Observation end = ended("run-" + profile);
        assertThat(end.state()).as("%s", end.failure()).isEqualTo(Diagnosis.StepState.SUCCEEDED);
        Diagnosis.Artifact artifact = end.artifacts().getFirst();
        assertThat(artifact.name()).startsWith(profile + "-127.0.0.1-").endsWith(".pb.gz");
        // the program stores each body under its hash once it has been sent
        Path sent = directory.resolve("sent").resolve(artifact.sha256());
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!Files.exists(sent) || Files.size(sent) < artifact.bytes()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(operations.open(artifact.sha256()).orElseThrow())
                .hasBinaryContent(Files.readAllBytes(sent));
    }

    private static OperationRunner.Request request(String runId, String profile, String token) {
        return new OperationRunner.Request(
                runId,
                Operation.Type.GO_PROFILE,
                Map.of("url", url, "profile", profile, "seconds", "1"),
                Duration.ofMinutes(1),
                new Credential("go", CERTIFICATES.authorityPem(), new Secret(token), List.of(url)));
    }

    private static OperationRunner.Observation ended(String runId) throws InterruptedException {
        return Waiting.ended(operations, runId);
    }
}
