package dev.weir.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.FailureReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Whatever agents answer and whenever operators cancel, each run keeps the rules and ends.
final class DiagnosisMachineWalkTest {
    private static final int WALKS = 5000;
    private static final int LONGEST = 5000;

    private final DiagnosisMachine machine = new DiagnosisMachine(Samples.POLICY);

    @Test
    void everyWalkKeepsTheRulesAndEnds() {
        for (int seed = 0; seed < WALKS; seed++) {
            walk(seed);
        }
    }

    private void walk(int seed) {
        Random random = new Random(seed);
        Diagnosis run = Samples.pending(graph(random));
        Instant now = Samples.NOON;
        Set<String> begun = new HashSet<>();
        Map<String, Instant> silentSince = new HashMap<>();
        int turns = 0;
        while (!run.status().phase().isFinal()) {
            assertThat(turns++).as("seed %d", seed).isLessThan(LONGEST);
            if (random.nextInt(60) == 0) {
                run = Diagnoses.withCancelRequested(run);
            }
            Decision decision = machine.next(run, sightings(run, random, now, silentSince), now);
            check(seed, run, decision, begun);
            run = decision.diagnosis();
            now = now.plusMillis(random.nextInt(8000));
        }
        assertThat(run.status().steps())
                .as("seed %d", seed)
                .allMatch(step -> Steps.isFinal(step.state()));
        assertThat(run.status().finishedAt()).isNotNull();
        boolean succeeded = run.status().phase() == Diagnosis.Phase.SUCCEEDED;
        assertThat(run.status().failure() == null).as("seed %d", seed).isEqualTo(succeeded);
    }

    private static void check(int seed, Diagnosis before, Decision decision, Set<String> begun) {
        Diagnosis after = decision.diagnosis();
        assertThat(after.version())
                .as("seed %d: version", seed)
                .isEqualTo(before.version() + (after.equals(before) ? 0 : 1));
        for (Diagnosis.Step started : decision.start()) {
            assertThat(begun.add(started.runId()))
                    .as("seed %d: %s begins twice", seed, started.runId())
                    .isTrue();
            assertThat(Samples.named(before, started.name()).state())
                    .isNotIn(StepState.SUCCEEDED, StepState.FAILED, StepState.SKIPPED);
            for (String name : started.after()) {
                assertThat(Samples.named(after, name).state())
                        .as("seed %d: %s begins before %s", seed, started.name(), name)
                        .isEqualTo(StepState.SUCCEEDED);
            }
        }
        for (Diagnosis.Step step : before.status().steps()) {
            if (Steps.isFinal(step.state())) {
                assertThat(Samples.named(after, step.name())).as("seed %d", seed).isEqualTo(step);
            }
        }
        Set<String> running =
                after.status().steps().stream()
                        .filter(step -> step.state() == StepState.RUNNING)
                        .map(Diagnosis.Step::runId)
                        .collect(Collectors.toSet());
        assertThat(begun).as("seed %d: runs without having begun", seed).containsAll(running);
        assertThat(Collections.disjoint(running, decision.cancel())).isTrue();
    }

    /// Steps that wait only for earlier ones.
    private static String[] graph(Random random) {
        int count = 1 + random.nextInt(7);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> after = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    after.add("s" + j);
                }
            }
            steps.add("s" + i + (after.isEmpty() ? "" : ":" + String.join(",", after)));
        }
        return steps.toArray(String[]::new);
    }

    private static Map<String, Sighting> sightings(
            Diagnosis run, Random random, Instant now, Map<String, Instant> silentSince) {
        Map<String, Sighting> sightings = new HashMap<>();
        for (Diagnosis.Step step : run.status().steps()) {
            Sighting sighting =
                    step.state() == StepState.RUNNING
                            ? sighting(step.runId(), random, now, silentSince)
                            : null;
            if (sighting != null) {
                sightings.put(step.runId(), sighting);
            }
        }
        return sightings;
    }

    private static @Nullable Sighting sighting(
            String runId, Random random, Instant now, Map<String, Instant> silentSince) {
        int roll = random.nextInt(20);
        if (roll < 6) {
            return new Sighting.Unreachable(
                    silentSince.computeIfAbsent(runId, _ -> now), random.nextBoolean(), "silence");
        }
        silentSince.remove(runId);
        FailureReason[] reasons = FailureReason.values();
        return switch (roll) {
            case 6, 7 -> Samples.success(runId);
            case 8 -> Samples.failure(runId, reasons[random.nextInt(reasons.length)]);
            case 9 -> Samples.failure(runId, FailureReason.PROFILER_BUSY);
            case 10 -> new Sighting.Unknown();
            case 11 -> Samples.seen(runId, StepState.CANCELLED, null);
            case 12 -> null;
            default -> Samples.working(runId);
        };
    }
}
