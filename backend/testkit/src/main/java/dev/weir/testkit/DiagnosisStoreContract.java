package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.FailureReason;
import dev.weir.model.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What every store of diagnoses holds to; a test of a store extends it.
public abstract class DiagnosisStoreContract {
    private static final Instant CREATED = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SHA = "ab".repeat(32);

    /// An empty store, the same one all through a test.
    protected abstract DiagnosisStore store();

    @Test
    void givesBackExactlyWhatWasInserted() {
        Diagnosis diagnosis = full("one");
        store().insert(diagnosis);
        assertThat(store().find("one")).contains(diagnosis);
        assertThat(store().find("other")).isEmpty();
    }

    @Test
    void keepsWhatHasTheIdAlready() {
        assertThat(store().insert(pending("one", 0))).isTrue();
        assertThat(store().insert(pending("one", 1))).isFalse();
        assertThat(store().find("one")).contains(pending("one", 0));
    }

    @Test
    void replacesOnlyTheVersionBefore() {
        Diagnosis first = pending("one", 0);
        store().insert(first);
        Diagnosis second = phase(first, Diagnosis.Phase.RUNNING);
        assertThat(store().update(second)).isTrue();
        assertThat(store().update(second)).isFalse();
        assertThat(store().update(phase(phase(second, Diagnosis.Phase.FAILED), null))).isFalse();
        assertThat(store().find("one")).contains(second);
    }

    @Test
    void doesNotUpdateWhatWasNeverInserted() {
        assertThat(store().update(phase(pending("one", 0), Diagnosis.Phase.RUNNING))).isFalse();
        assertThat(store().find("one")).isEmpty();
    }

    @Test
    void letsOneOfManyWritersWin() throws Exception {
        Diagnosis first = pending("one", 0);
        store().insert(first);
        CountDownLatch gate = new CountDownLatch(1);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers =
                    IntStream.range(0, 8)
                            .mapToObj(_ ->
                                    writers.submit(() -> {
                                        gate.await();
                                        return store().update(
                                                        phase(first, Diagnosis.Phase.RUNNING));
                                    }))
                            .toList();
            gate.countDown();
            int won = 0;
            for (Future<Boolean> answer : answers) {
                won += answer.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void listsTheNewestFirst() {
        store().insert(pending("old", 0));
        store().insert(pending("young", 2));
        store().insert(pending("middle", 1));
        assertThat(store().list(DiagnosisQuery.newest(2)))
                .extracting(Diagnosis::id)
                .containsExactly("young", "middle");
    }

    @Test
    void listsInPartsThatNeitherMissNorRepeat() {
        for (String id : List.of("d", "b", "c", "a")) {
            store().insert(pending(id, 1)); // of one moment: in the order of their ids
        }
        store().insert(pending("z", 0));
        List<String> seen = new ArrayList<>();
        DiagnosisQuery.Position after = null;
        for (int part = 0; part < 3; part++) {
            List<Diagnosis> found =
                    store().list(new DiagnosisQuery(DiagnosisQuery.Filter.ALL, after, 2));
            found.forEach(diagnosis -> seen.add(diagnosis.id()));
            after = DiagnosisQuery.Position.of(found.getLast());
            store().insert(pending("new" + part, 5)); // shifts nothing
        }
        assertThat(seen).containsExactly("a", "b", "c", "d", "z");
    }

    @Test
    void listsOnlyWhatIsAskedFor() {
        store().insert(pending("one", 0));
        store().insert(full("two"));
        assertThat(listed(new DiagnosisQuery.Filter(Set.of("lab", "more"), null, null)))
                .containsExactlyInAnyOrder("one", "two");
        assertThat(listed(new DiagnosisQuery.Filter(Set.of("other"), null, null))).isEmpty();
        assertThat(listed(new DiagnosisQuery.Filter(Set.of(), null, null))).isEmpty();
        assertThat(listed(new DiagnosisQuery.Filter(null, "shop", null))).containsExactly("two");
        assertThat(listed(new DiagnosisQuery.Filter(null, null, Diagnosis.Phase.PENDING)))
                .containsExactly("one");
        assertThat(store().update(phase(pending("one", 0), Diagnosis.Phase.RUNNING))).isTrue();
        assertThat(listed(new DiagnosisQuery.Filter(Set.of("lab"), null, Diagnosis.Phase.RUNNING)))
                .containsExactly("one");
    }

    private List<String> listed(DiagnosisQuery.Filter filter) {
        return store().list(new DiagnosisQuery(filter, null, 10)).stream()
                .map(Diagnosis::id)
                .toList();
    }

    @Test
    void listsWhatHasNotEnded() {
        Diagnosis pending = pending("pending", 0);
        Diagnosis running = phase(pending("running", 1), Diagnosis.Phase.RUNNING);
        store().insert(pending);
        store().insert(running);
        for (Diagnosis.Phase end :
                List.of(
                        Diagnosis.Phase.SUCCEEDED,
                        Diagnosis.Phase.FAILED,
                        Diagnosis.Phase.CANCELLED)) {
            store().insert(phase(pending(end.name(), 2), end));
        }
        assertThat(store().unfinished()).containsExactlyInAnyOrder(pending, running);
    }

    @Test
    void findsWhoHoldsAnArtifact() {
        Diagnosis diagnosis = full("one");
        store().insert(pending("none", 0));
        assertThat(store().holderOf(SHA)).isEmpty();
        store().insert(diagnosis);
        assertThat(store().holderOf(SHA)).contains(diagnosis);
        assertThat(store().holderOf("cd".repeat(32))).isEmpty();
    }

    @Test
    void findsAnArtifactThatAnUpdateAdded() {
        Diagnosis first = pending("one", 0);
        store().insert(first);
        Diagnosis second =
                new Diagnosis(
                        "one", first.spec(), full("one").status(), "ann", first.createdAt(), 2);
        assertThat(store().update(second)).isTrue();
        assertThat(store().holderOf(SHA)).contains(second);
    }

    private static Diagnosis pending(String id, int seconds) {
        return new Diagnosis(
                id,
                new Diagnosis.Spec("go-profile", "lab", "node", null, Map.of(), null, ""),
                new Diagnosis.Status(Diagnosis.Phase.PENDING, List.of(), null, null, null, false),
                "ann",
                CREATED.plusSeconds(seconds),
                1);
    }

    private static Diagnosis phase(
            Diagnosis before, Diagnosis.@org.jspecify.annotations.Nullable Phase phase) {
        Diagnosis.Status status = before.status();
        return new Diagnosis(
                before.id(),
                before.spec(),
                new Diagnosis.Status(
                        phase == null ? status.phase() : phase,
                        status.steps(),
                        status.startedAt(),
                        status.finishedAt(),
                        status.failure(),
                        status.cancelRequested()),
                before.createdBy(),
                before.createdAt(),
                before.version() + 1);
    }

    /// Every field has a value that is not its default.
    private static Diagnosis full(String id) {
        Operation operation =
                new Operation(
                        "go-heap",
                        "what it holds",
                        Operation.Type.GO_PROFILE,
                        Map.of("profile", "heap", "url", "https://10.0.0.7:6060"),
                        Duration.ofSeconds(90));
        Diagnosis.Failure failure =
                new Diagnosis.Failure(FailureReason.NODE_LOST, "node gone: \"quoted\", größer");
        Diagnosis.Step done =
                new Diagnosis.Step(
                        "heap",
                        operation,
                        List.of(),
                        Diagnosis.StepState.SUCCEEDED,
                        id + "-heap-1",
                        1,
                        CREATED.plusMillis(1),
                        CREATED.plusMillis(2),
                        null,
                        List.of(
                                new Diagnosis.Artifact(
                                        "heap.pb.gz", SHA, 4_000_000_000L, "pprof")));
        Diagnosis.Step lost =
                new Diagnosis.Step(
                        "again",
                        operation,
                        List.of("heap"),
                        Diagnosis.StepState.FAILED,
                        id + "-again-3",
                        3,
                        CREATED.plusMillis(3),
                        CREATED.plusMillis(4),
                        failure,
                        List.of());
        return new Diagnosis(
                id,
                new Diagnosis.Spec(
                        "pair",
                        "lab",
                        "node",
                        "shop",
                        Map.of("url", "https://10.0.0.7:6060"),
                        "go",
                        "slow since noon"),
                new Diagnosis.Status(
                        Diagnosis.Phase.FAILED,
                        List.of(done, lost),
                        CREATED,
                        CREATED.plusSeconds(5),
                        failure,
                        true),
                "ann",
                CREATED,
                7);
    }
}
