package dev.weir.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.Phase;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.FailureReason;
import dev.weir.model.InvalidException;
import dev.weir.model.OperationRunner;
import dev.weir.model.Problem;
import dev.weir.model.Secret;
import dev.weir.model.Subscription;
import dev.weir.testkit.InMemoryDiagnosisStore;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Runs as admin sees them, with a scripted agent.
final class LocalDiagnosisRunsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Map<String, String> URL = Map.of("url", "http://127.0.0.1:6060");

    private final InMemoryDiagnosisStore store = new InMemoryDiagnosisStore();
    private final ScriptedAgent agent = new ScriptedAgent();
    private final AtomicInteger ids = new AtomicInteger();
    private LocalDiagnosisRuns runs = runs();

    @BeforeEach
    void fillTheStore() {
        DefaultOperations.all().operations().forEach(store::put);
        DefaultOperations.all().operationSets().forEach(store::put);
        store.put(
                new Credential("go", null, new Secret("token"), List.of("https://127.0.0.1:6060")));
    }

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void drivesARunToItsEnd() throws Exception {
        List<Diagnosis> told = new CopyOnWriteArrayList<>();
        try (Subscription _ = runs.subscribe(told::add)) {
            Diagnosis started = start(spec("go-profile", URL, "go"), "ann");
            assertThat(started.status().phase()).isEqualTo(Phase.PENDING);
            await(() -> agent.requests.size() == 3);
            agent.requests.forEach(request -> agent.succeed(request.runId()));
            Diagnosis ended = ended("run0", Phase.SUCCEEDED);
            assertThat(ended.createdBy()).isEqualTo("ann");
            await(() -> told.size() > 2 && told.getLast().status().phase().isFinal());
            assertThat(told)
                    .extracting(Diagnosis::version)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .startsWith(1L);
        }
        OperationRunner.Request cpu = agent.requests.getFirst();
        assertThat(cpu.runId()).isEqualTo("run0-cpu-1");
        assertThat(cpu.parameters())
                .containsEntry("url", URL.get("url"))
                .containsEntry("profile", "cpu")
                .containsEntry("seconds", "10");
        assertThat(cpu.credential()).isNotNull();
        assertThat(runs.list(DiagnosisQuery.newest(5)))
                .extracting(Diagnosis::id)
                .containsExactly("run0");
    }

    @Test
    void startsOneRunForOneIdHoweverOftenAndWhereverItIsAsked() throws Exception {
        Diagnosis.Spec spec = spec("jvm-profile", Map.of(), null);
        CountDownLatch gate = new CountDownLatch(1);
        try (LocalDiagnosisRuns other = runs();
                ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Diagnosis>> answers =
                    IntStream.range(0, 8)
                            .mapToObj(i ->
                                    askers.submit(() -> {
                                        gate.await();
                                        return (i % 2 == 0 ? runs : other)
                                                .start("one", spec, "ann");
                                    }))
                            .toList();
            gate.countDown();
            for (Future<Diagnosis> answer : answers) {
                assertThat(answer.get().id()).isEqualTo("one");
            }
            await(() -> agent.requests.size() == 1);
            agent.succeed("one-record-1");
            ended("one", Phase.SUCCEEDED);
        }
        Diagnosis.Spec different = spec("no-such-set", Map.of(), null);
        assertThat(runs.start("one", different, "bob").spec()).isEqualTo(spec);
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void givesALongProfileTheTimeItNeeds() throws Exception {
        start(spec("jvm-profile", Map.of("seconds", "300"), null), "ann");
        await(() -> agent.requests.size() == 1);
        assertThat(agent.requests.getFirst().timeout()).isEqualTo(Duration.ofSeconds(330));
    }

    @Test
    void opensAnArtifactOnTheNodeThatHoldsIt() throws Exception {
        agent.succeedsAtOnce = true;
        start(spec("jvm-profile", Map.of(), null), "ann");
        String sha256 =
                ended("run0", Phase.SUCCEEDED)
                        .status()
                        .steps()
                        .getFirst()
                        .artifacts()
                        .getFirst()
                        .sha256();
        try (InputStream bytes = runs.open(sha256).orElseThrow()) {
            assertThat(bytes.readAllBytes()).asString().isEqualTo(sha256);
        }
        assertThat(runs.open("ff".repeat(32))).isEmpty();
    }

    @Test
    void cancelsARun() throws Exception {
        start(spec("jvm-profile", Map.of(), null), "ann");
        await(() -> agent.requests.size() == 1);
        assertThat(runs.cancel("run0")).isPresent();
        ended("run0", Phase.CANCELLED);
        await(() -> agent.cancelled.contains("run0-record-1"));
        assertThat(runs.cancel("run0").orElseThrow().status().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(runs.cancel("other")).isEmpty();
    }

    @Test
    void triesAgainAfterAPassingFailure() throws Exception {
        start(spec("jvm-profile", Map.of(), null), "ann");
        await(() -> agent.requests.size() == 1);
        agent.fail("run0-record-1", FailureReason.PROFILER_BUSY);
        await(() -> agent.requests.size() == 2);
        agent.succeed("run0-record-2");
        assertThat(ended("run0", Phase.SUCCEEDED).status().steps().getFirst().attempt())
                .isEqualTo(2);
    }

    @Test
    void goesOnAfterARestartWithoutBeginningTwice() throws Exception {
        start(spec("jvm-profile", Map.of(), null), "ann");
        await(() -> agent.requests.size() == 1);
        runs.close();
        agent.succeed("run0-record-1");
        runs = runs();
        runs.resume();
        ended("run0", Phase.SUCCEEDED);
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void namesANodeThatIsLost() throws Exception {
        start(spec("jvm-profile", Map.of(), null), "ann");
        await(() -> agent.requests.size() == 1);
        agent.reachable = false;
        Diagnosis.Failure failure = ended("run0", Phase.FAILED).status().failure();
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(FailureReason.NODE_LOST);
    }

    @Test
    void waitsForAnAgentThatIsAwayForAMoment() throws Exception {
        agent.reachable = false;
        start(spec("jvm-profile", Map.of(), null), "ann");
        await(() -> store.find("run0").orElseThrow().status().phase() == Phase.RUNNING);
        agent.succeedsAtOnce = true;
        agent.reachable = true;
        ended("run0", Phase.SUCCEEDED);
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void reportsEveryProblemOfASpecAtOnce() {
        Diagnosis.Spec spec =
                new Diagnosis.Spec(
                        "go-profile",
                        "lab",
                        "nod",
                        "shop",
                        Map.of("second", "3", "seconds", "0", "profile", "stack"),
                        "none",
                        "");
        InvalidException invalid =
                catchThrowableOfType(InvalidException.class, () -> start(spec, "ann"));
        assertThat(invalid.problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "node",
                        "virtualServer",
                        "credential",
                        "parameters.second",
                        "parameters.seconds",
                        "parameters.profile",
                        "parameters.url",
                        "parameters.url",
                        "parameters.url");
        assertThat(invalid.getMessage()).contains("did you mean 'node'", "did you mean 'seconds'");
        assertThat(store.list(DiagnosisQuery.newest(10))).isEmpty();
    }

    @Test
    void refusesWhatDoesNotExist() {
        assertProblem(
                new Diagnosis.Spec("go-profil", "lab", "node", null, Map.of(), null, ""),
                "operationSet",
                "did you mean 'go-profile'?");
        assertProblem(
                new Diagnosis.Spec("jvm-profile", "lob", "node", null, Map.of(), null, ""),
                "cluster",
                "did you mean 'lab'?");
        assertProblem(
                new Diagnosis.Spec("jvm-profile", "lab", "fresh", null, Map.of(), null, ""),
                "node",
                "has no agent yet");
    }

    @Test
    void namesACredentialThatWasDeletedMeanwhile() throws Exception {
        agent.reachable = false;
        start(spec("jvm-profile", Map.of(), "go"), "ann");
        store.removeCredential("go");
        agent.reachable = true;
        await(() -> store.find("run0").orElseThrow().status().phase().isFinal());
        Diagnosis ended = store.find("run0").orElseThrow();
        assertThat(ended.status().failure()).isNotNull();
        assertThat(ended.status().failure().reason()).isEqualTo(FailureReason.INVALID_PARAMETER);
    }

    private void assertProblem(Diagnosis.Spec spec, String path, String message) {
        InvalidException invalid =
                catchThrowableOfType(InvalidException.class, () -> start(spec, "ann"));
        assertThat(invalid.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo(path);
                    assertThat(problem.message()).contains(message);
                });
    }

    private Diagnosis start(Diagnosis.Spec spec, String user) throws InvalidException {
        return runs.start("run" + ids.getAndIncrement(), spec, user);
    }

    private LocalDiagnosisRuns runs() {
        return new LocalDiagnosisRuns(
                store,
                new FixedRevisions(),
                _ -> agent,
                new LocalDiagnosisRuns.Settings(
                        InstantSource.system(),
                        new Policy(
                                3,
                                Duration.ofMillis(10),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(1)),
                        Duration.ofMillis(2),
                        Duration.ofMillis(20)));
    }

    private static Diagnosis.Spec spec(
            String set, Map<String, String> parameters, @Nullable String credential) {
        return new Diagnosis.Spec(set, "lab", "node", null, parameters, credential, "slow");
    }

    private Diagnosis ended(String id, Phase phase) throws InterruptedException {
        Predicate<Diagnosis> isOver = diagnosis -> diagnosis.status().phase().isFinal();
        await(() -> store.find(id).filter(isOver).isPresent());
        Diagnosis ended = store.find(id).orElseThrow();
        assertThat(ended.status().phase()).as("%s", ended.status()).isEqualTo(phase);
        return ended;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not come in time").isLessThan(deadline);
            Thread.sleep(2);
        }
    }
}
