package dev.weir.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.Phase;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;
import dev.weir.model.OperationSet;
import dev.weir.testkit.InMemoryDiagnosisStore;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// The process that drives a run is killed before and after every write and every request; the next
/// one goes on from what is stored.
final class KilledProcessTest {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int RUNS = 300;
    private static final int MOST_LOOKS = 20_000;

    /// Ends the process at once, wherever it is: nothing catches it.
    private static final class Killed extends Error {}

    private InMemoryDiagnosisStore store = new InMemoryDiagnosisStore();
    private final Map<String, Integer> looks = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    /// How often the store saw each step become a success.
    private final Map<String, Integer> successes = new HashMap<>();

    private Random random = new Random(0);
    private Instant now = Samples.NOON;
    private int turns;

    /// How many calls until the kill; negative for none.
    private int callsLeft = -1;

    /// Of 1000 calls so many kill, so many find the agent away, so many find it restarted.
    private int kills;

    private int silences;
    private int restarts;

    @Test
    void costsNoAttemptWhereverASingleKillStrikes() {
        int calls = 0;
        boolean killed = true;
        while (killed) {
            insert("run", "a", "b:a", "c:a");
            callsLeft = calls++;
            killed = drive("run");
            Diagnosis ended = afterKills("run");
            assertThat(ended.status().phase())
                    .as("killed at call %d", calls)
                    .isEqualTo(Phase.SUCCEEDED);
            assertThat(begun)
                    .as("killed at call %d: what the agent began", calls)
                    .containsExactlyInAnyOrder("run-a-1", "run-b-1", "run-c-1");
            forget();
        }
        assertThat(calls).as("places to be killed at").isGreaterThan(20);
    }

    @Test
    void endsEveryRunInTimeHoweverOftenItIsKilled() {
        for (int seed = 0; seed < RUNS; seed++) {
            random = new Random(seed);
            kills = random.nextInt(300);
            silences = random.nextInt(200);
            restarts = random.nextInt(30);
            insert("run", "a", "b:a", "c:a", "d:b,c");
            if (random.nextInt(3) == 0) {
                assertThat(store.update(Diagnoses.withCancelRequested(stored("run")))).isTrue();
            }
            Diagnosis ended = afterKills("run");
            check(seed, ended);
            forget();
        }
    }

    private void check(int seed, Diagnosis ended) {
        Instant startedAt = ended.status().startedAt();
        Instant finishedAt = ended.status().finishedAt();
        assertThat(startedAt).isNotNull();
        assertThat(finishedAt)
                .as("seed %d", seed)
                .isNotNull()
                .isBefore(
                        Samples.POLICY
                                .deadline(ended.status(), startedAt)
                                .plus(LOOK.multipliedBy(60)));
        for (Diagnosis.Step step : ended.status().steps()) {
            assertThat(Steps.isFinal(step.state())).as("seed %d: %s", seed, step).isTrue();
            assertThat(step.attempt()).isLessThanOrEqualTo(Samples.POLICY.attempts());
        }
        assertThat(successes.values())
                .as("seed %d: how often each step succeeded", seed)
                .allMatch(times -> times == 1);
    }

    private void forget() {
        store = new InMemoryDiagnosisStore();
        looks.clear();
        begun.clear();
        successes.clear();
        turns = 0;
    }

    /// Starts process after process until one ends the run.
    private Diagnosis afterKills(String id) {
        boolean killed = true;
        while (killed) {
            killed = drive(id);
        }
        Diagnosis ended = stored(id);
        assertThat(ended.status().phase().isFinal()).isTrue();
        return ended;
    }

    /// One process; answers whether it was killed.
    private boolean drive(String id) {
        if (store.unfinished().isEmpty()) {
            return false;
        }
        Drive.Means means =
                new Drive.Means(
                        new FragileStore(),
                        new DiagnosisMachine(Samples.POLICY),
                        new NodeAgents(new FixedRevisions(), _ -> new FragileAgent()),
                        this::time,
                        new Drive.Pace(Duration.ZERO, Duration.ZERO));
        try {
            new Drive(id, means, _ -> {}).run();
            return false;
        } catch (Killed killed) {
            callsLeft = -1;
            return true;
        }
    }

    /// Time passes when it is asked for.
    private Instant time() {
        assertThat(turns++).as("looks: a run without end").isLessThan(MOST_LOOKS);
        now = now.plus(LOOK);
        return now;
    }

    private void mayBeKilled() {
        if (callsLeft-- == 0 || random.nextInt(1000) < kills) {
            throw new Killed();
        }
    }

    private Diagnosis stored(String id) {
        return store.find(id).orElseThrow();
    }

    private void insert(String id, String... steps) {
        assertThat(store.insert(Samples.pending(steps))).isTrue();
        assertThat(store.find(id)).isPresent();
    }

    /// A store before which and after which the process may end.
    private final class FragileStore implements DiagnosisStore {
        @Override
        public boolean update(Diagnosis diagnosis) {
            mayBeKilled();
            Set<String> before = succeeded(stored(diagnosis.id()));
            boolean updated = store.update(diagnosis);
            Set<String> fresh = succeeded(stored(diagnosis.id()));
            fresh.removeAll(before);
            fresh.forEach(step -> successes.merge(step, 1, Integer::sum));
            mayBeKilled();
            return updated;
        }

        private static Set<String> succeeded(Diagnosis diagnosis) {
            return diagnosis.status().steps().stream()
                    .filter(step -> step.state() == StepState.SUCCEEDED)
                    .map(Diagnosis.Step::name)
                    .collect(Collectors.toCollection(HashSet::new));
        }

        @Override
        public Optional<Diagnosis> find(String id) {
            mayBeKilled();
            return store.find(id);
        }

        @Override
        public Map<String, Operation> operations() {
            return store.operations();
        }

        @Override
        public Map<String, OperationSet> operationSets() {
            return store.operationSets();
        }

        @Override
        public Optional<Credential> credential(String name) {
            return store.credential(name);
        }

        @Override
        public boolean insert(Diagnosis diagnosis) {
            return store.insert(diagnosis);
        }

        @Override
        public List<Diagnosis> list(DiagnosisQuery query) {
            return store.list(query);
        }

        @Override
        public List<Diagnosis> unfinished() {
            return store.unfinished();
        }

        @Override
        public Optional<Diagnosis> holderOf(String sha256) {
            return store.holderOf(sha256);
        }
    }

    /// An agent that ends each run at the third look, may be away, and may forget all it knew.
    private final class FragileAgent implements OperationRunner {
        @Override
        public Observation start(Request request) throws ConnectException {
            mayBeAway();
            mayBeKilled();
            if (looks.putIfAbsent(request.runId(), 0) == null) {
                begun.add(request.runId());
            }
            mayBeKilled();
            return observation(request.runId());
        }

        @Override
        public Optional<Observation> observe(String runId) throws ConnectException {
            mayBeAway();
            mayBeKilled();
            return looks.containsKey(runId) ? Optional.of(observation(runId)) : Optional.empty();
        }

        private Observation observation(String runId) {
            boolean over = looks.merge(runId, 1, Integer::sum) > 3;
            return new Observation(
                    runId, over ? StepState.SUCCEEDED : StepState.RUNNING, 0, null, List.of());
        }

        @Override
        public void cancel(String runId) throws ConnectException {
            mayBeAway();
            mayBeKilled();
        }

        @Override
        public Optional<InputStream> open(String sha256) {
            return Optional.empty();
        }

        private void mayBeAway() throws ConnectException {
            if (random.nextInt(1000) < restarts) {
                new ArrayList<>(looks.keySet()).forEach(looks::remove);
            }
            if (random.nextInt(1000) < silences) {
                throw new ConnectException("Connection refused");
            }
        }
    }
}
