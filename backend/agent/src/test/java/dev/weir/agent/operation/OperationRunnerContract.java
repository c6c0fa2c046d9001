package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.FailureReason;
import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;
import dev.weir.model.Secret;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// What every runner of operations holds to, near or far.
abstract class OperationRunnerContract {
    private static final Duration LONG = Duration.ofMinutes(1);

    abstract OperationRunner runner();

    /// The runner after its node was stopped and started on the same directory.
    abstract OperationRunner restarted() throws Exception;

    @Test
    void runsOnceWhatIsAskedTwice() throws Exception {
        try (FaultyServer server = profiles()) {
            runner().start(heap("run", server));
            runner().start(heap("run", server));
            Waiting.ended(runner(), "run");
            assertThat(runner().start(heap("run", server)).state()).isEqualTo(StepState.SUCCEEDED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void knowsNothingOfWhatWasNeverAsked() throws Exception {
        assertThat(runner().observe("never")).isEmpty();
        runner().cancel("never");
        assertThat(runner().open("00".repeat(32))).isEmpty();
    }

    @Test
    void keepsWhatSucceededOpenForReading() throws Exception {
        try (FaultyServer server = profiles()) {
            runner().start(heap("run", server));
            Diagnosis.Artifact artifact = Waiting.ended(runner(), "run").artifacts().getFirst();
            try (InputStream bytes = runner().open(artifact.sha256()).orElseThrow()) {
                assertThat(bytes.readAllBytes())
                        .hasSize((int) artifact.bytes())
                        .isEqualTo(Profiles.packed());
            }
        }
    }

    @Test
    void tellsWhyARunFailed() throws Exception {
        try (FaultyServer server = FaultyServer.plain(FaultyServer.answer(403, "no"))) {
            runner().start(heap("run", server));
            assertReason(Waiting.ended(runner(), "run"), FailureReason.FORBIDDEN);
        }
    }

    @Test
    void tellsWhichParameterIsWrong() throws Exception {
        runner().start(request("run", Map.of("url", "nowhere", "profile", "heap"), LONG));
        assertReason(Waiting.ended(runner(), "run"), FailureReason.INVALID_PARAMETER);
    }

    @Test
    void stopsARun() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FaultyServer server =
                FaultyServer.plain(_ -> {
                    asked.countDown();
                    Thread.sleep(Duration.ofMinutes(1));
                })) {
            runner().start(heap("run", server));
            asked.await();
            runner().cancel("run");
            OperationRunner.Observation end = Waiting.ended(runner(), "run");
            assertThat(end.state()).isEqualTo(StepState.CANCELLED);
            assertReason(end, FailureReason.CANCELLED);
            runner().cancel("run");
        }
    }

    @Test
    void givesUpAfterTheTimeout() throws Exception {
        try (FaultyServer server = FaultyServer.plain(_ -> Thread.sleep(Duration.ofMinutes(1)))) {
            runner().start(
                            request(
                                    "run",
                                    Map.of("url", server.url(), "profile", "heap"),
                                    Duration.ofMillis(200)));
            assertReason(Waiting.ended(runner(), "run"), FailureReason.TIMEOUT);
        }
    }

    @Test
    void letsOneCpuProfileAtATimeReachATarget() throws Exception {
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger collisions = new AtomicInteger();
        try (FaultyServer server =
                FaultyServer.plain(out -> {
                    if (busy.incrementAndGet() > 1) {
                        collisions.incrementAndGet();
                    }
                    Thread.sleep(5);
                    busy.decrementAndGet();
                    FaultyServer.answer(200, "", Profiles.packed()).write(out);
                })) {
            List<String> runIds = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                runIds.add("run-" + i);
                runner().start(
                                request(
                                        "run-" + i,
                                        Map.of(
                                                "url",
                                                server.url(),
                                                "profile",
                                                "cpu",
                                                "seconds",
                                                "1"),
                                        LONG));
            }
            for (String runId : runIds) {
                assertThat(Waiting.ended(runner(), runId).state()).isEqualTo(StepState.SUCCEEDED);
            }
            assertThat(collisions).hasValue(0);
        }
    }

    @Test
    void remembersTheEndOfARunOverARestart() throws Exception {
        try (FaultyServer server = profiles()) {
            runner().start(heap("run", server));
            OperationRunner.Observation end = Waiting.ended(runner(), "run");
            assertThat(restarted().observe("run")).contains(end);
            try (InputStream bytes =
                    runner().open(end.artifacts().getFirst().sha256()).orElseThrow()) {
                assertThat(bytes.readAllBytes()).isEqualTo(Profiles.packed());
            }
        }
    }

    @Test
    void doesNotPretendToKnowARunThatARestartInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FaultyServer server =
                FaultyServer.plain(_ -> {
                    asked.countDown();
                    Thread.sleep(Duration.ofMinutes(1));
                })) {
            runner().start(heap("run", server));
            asked.await();
            assertThat(restarted().observe("run")).isEmpty();
        }
    }

    @Test
    void carriesTheCredentialToTheNode() throws Exception {
        try (FaultyServer server = FaultyServer.plain(FaultyServer.answer(401, ""))) {
            Credential credential =
                    new Credential(
                            "go", null, new Secret("hidden-token"), List.of("https://127.0.0.1:1"));
            runner().start(
                            new OperationRunner.Request(
                                    "run",
                                    Operation.Type.GO_PROFILE,
                                    Map.of("url", server.url(), "profile", "heap"),
                                    LONG,
                                    credential));
            OperationRunner.Observation end = Waiting.ended(runner(), "run");
            assertReason(end, FailureReason.UNAUTHORIZED);
            assertThat(end.toString()).contains("credential go").doesNotContain("hidden-token");
        }
    }

    private static void assertReason(OperationRunner.Observation end, FailureReason reason) {
        assertThat(end.failure()).isNotNull();
        assertThat(end.failure().reason()).as(end.failure().message()).isEqualTo(reason);
    }

    private static FaultyServer profiles() {
        return FaultyServer.plain(FaultyServer.answer(200, "", Profiles.packed()));
    }

    private static OperationRunner.Request heap(String runId, FaultyServer server) {
        return request(runId, Map.of("url", server.url(), "profile", "heap"), LONG);
    }

    private static OperationRunner.Request request(
            String runId, Map<String, String> parameters, Duration timeout) {
        return new OperationRunner.Request(
                runId, Operation.Type.GO_PROFILE, parameters, timeout, null);
    }
}
