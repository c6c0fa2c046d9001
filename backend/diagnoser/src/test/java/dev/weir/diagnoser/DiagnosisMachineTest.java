package dev.weir.diagnoser;

import static dev.weir.diagnoser.Samples.NOON;
import static dev.weir.diagnoser.Samples.failure;
import static dev.weir.diagnoser.Samples.named;
import static dev.weir.diagnoser.Samples.pending;
import static dev.weir.diagnoser.Samples.success;
import static dev.weir.diagnoser.Samples.working;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.Phase;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.FailureReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What the machine decides, case by case.
final class DiagnosisMachineTest {
    private final DiagnosisMachine machine = new DiagnosisMachine(Samples.POLICY);
    private Instant now = NOON;
    private Diagnosis run = pending("a");
    private Decision last = new Decision(run, java.util.List.of(), java.util.List.of(), null);

    @Test
    void beginsWhatWaitsForNothingSideBySide() {
        run = pending("a", "b", "c:a,b");
        step(Map.of());
        assertThat(run.status().phase()).isEqualTo(Phase.RUNNING);
        assertThat(run.status().startedAt()).isEqualTo(NOON);
        assertThat(last.start())
                .extracting(Diagnosis.Step::runId)
                .containsExactly("run-a-1", "run-b-1");
        assertThat(named(run, "c").state()).isEqualTo(StepState.WAITING);
    }

    @Test
    void beginsAStepWhenAllItWaitsForHaveSucceeded() {
        run = pending("a", "b", "c:a,b");
        step(Map.of());
        step(Map.of("run-a-1", success("run-a-1"), "run-b-1", working("run-b-1")));
        assertThat(last.start()).isEmpty();
        step(Map.of("run-b-1", success("run-b-1")));
        assertThat(last.start()).extracting(Diagnosis.Step::name).containsExactly("c");
        step(Map.of("run-c-1", success("run-c-1")));
        assertThat(run.status().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(run.status().failure()).isNull();
        assertThat(named(run, "a").artifacts()).hasSize(1);
    }

    @Test
    void skipsWhatDependsOnAFailureWhileOtherBranchesGoOn() {
        run = pending("a", "b", "c:a", "d:c", "e:b");
        step(Map.of());
        step(Map.of("run-a-1", failure("run-a-1", FailureReason.FORBIDDEN)));
        assertThat(named(run, "c").state()).isEqualTo(StepState.SKIPPED);
        assertThat(named(run, "d").state()).isEqualTo(StepState.SKIPPED);
        assertThat(named(run, "d").failure())
                .satisfies(failure ->
                        assertThat(failure.reason()).isEqualTo(FailureReason.DEPENDENCY_FAILED));
        assertThat(run.status().phase()).isEqualTo(Phase.RUNNING);
        step(Map.of("run-b-1", success("run-b-1")));
        step(Map.of("run-e-1", success("run-e-1")));
        assertThat(run.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(run.status().failure())
                .isEqualTo(new Diagnosis.Failure(FailureReason.FORBIDDEN, "it failed"));
        assertThat(named(run, "e").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void triesAgainForPassingReasonsAlone(FailureReason reason) {
        step(Map.of());
        step(Map.of("run-a-1", failure("run-a-1", reason)));
        boolean passing =
                switch (reason) {
                    case PROFILER_BUSY, CONNECTION_LOST, AGENT_UNREACHABLE -> true;
                    default -> false;
                };
        assertThat(run.status().phase()).isEqualTo(passing ? Phase.RUNNING : Phase.FAILED);
    }

    @Test
    void triesABoundedNumberOfTimesWithGrowingPauses() {
        step(Map.of());
        step(Map.of("run-a-1", failure("run-a-1", FailureReason.PROFILER_BUSY)));
        assertThat(last.wake()).isEqualTo(now.plusSeconds(2));
        assertThat(last.start()).isEmpty();
        now = now.plusSeconds(2);
        step(Map.of());
        assertThat(last.start()).extracting(Diagnosis.Step::runId).containsExactly("run-a-2");
        step(Map.of("run-a-2", failure("run-a-2", FailureReason.PROFILER_BUSY)));
        assertThat(last.wake()).isEqualTo(now.plusSeconds(4));
        now = now.plusSeconds(4);
        step(Map.of());
        step(Map.of("run-a-3", failure("run-a-3", FailureReason.PROFILER_BUSY)));
        assertThat(run.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(named(run, "a").attempt()).isEqualTo(3);
    }

    @Test
    void beginsAnotherAttemptWhenTheAgentForgotTheRun() {
        step(Map.of());
        step(Map.of("run-a-1", new Sighting.Unknown()));
        now = now.plusSeconds(2);
        step(Map.of());
        assertThat(last.start()).extracting(Diagnosis.Step::runId).containsExactly("run-a-2");
    }

    @Test
    void givesANodeUpAfterItsSilence() {
        step(Map.of());
        Sighting silent = new Sighting.Unreachable(now, true, "connect timed out");
        now = now.plusSeconds(29);
        step(Map.of("run-a-1", silent));
        assertThat(named(run, "a").state()).isEqualTo(StepState.RUNNING);
        now = now.plusSeconds(1);
        step(Map.of("run-a-1", silent));
        assertThat(run.status().failure())
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(FailureReason.NODE_LOST);
                    assertThat(failure.message()).contains("node", "connect timed out");
                });
        assertThat(last.cancel()).containsExactly("run-a-1");
    }

    @Test
    void triesAgainWhereTheAgentNeverTookTheRun() {
        step(Map.of());
        Sighting silent = new Sighting.Unreachable(now, false, "refused");
        now = now.plusSeconds(30);
        step(Map.of("run-a-1", silent));
        assertThat(named(run, "a").state()).isEqualTo(StepState.WAITING);
        assertThat(named(run, "a").failure())
                .satisfies(failure ->
                        assertThat(failure.reason()).isEqualTo(FailureReason.AGENT_UNREACHABLE));
    }

    @Test
    void endsAStepThatNeverEnds() {
        step(Map.of());
        now = now.plus(Duration.ofMinutes(3));
        step(Map.of("run-a-1", working("run-a-1")));
        assertThat(run.status().failure())
                .satisfies(
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT));
        assertThat(last.cancel()).containsExactly("run-a-1");
    }

    @Test
    void endsARunThatNeverEnds() {
        run = pending("a", "b:missing");
        step(Map.of());
        step(Map.of("run-a-1", success("run-a-1")));
        now = now.plus(Duration.ofHours(1));
        step(Map.of());
        assertThat(run.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(named(run, "b").failure())
                .satisfies(
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT));
    }

    @Test
    void cancelsWhatWorksAndWhatWaits() {
        run = pending("a", "b:a");
        step(Map.of());
        run = Diagnoses.withCancelRequested(run);
        step(Map.of("run-a-1", working("run-a-1")));
        assertThat(run.status().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(last.cancel()).containsExactly("run-a-1");
        assertThat(run.status().steps())
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepState.CANCELLED));
    }

    @Test
    void keepsASuccessThatCameBeforeTheCancellation() {
        step(Map.of());
        run = Diagnoses.withCancelRequested(run);
        step(Map.of("run-a-1", success("run-a-1")));
        assertThat(run.status().phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void cancelsWhatHasNotBegun() {
        run = Diagnoses.withCancelRequested(run);
        step(Map.of());
        assertThat(run.status().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(last.start()).isEmpty();
    }

    @Test
    void changesNothingWithoutNews() {
        step(Map.of());
        Diagnosis before = run;
        step(Map.of("run-a-1", working("run-a-1"), "run-x-1", success("run-x-1")));
        assertThat(run).isSameAs(before);
    }

    @Test
    void leavesAnEndedRunAlone() {
        step(Map.of());
        step(Map.of("run-a-1", success("run-a-1")));
        Diagnosis ended = run;
        now = now.plus(Duration.ofDays(1));
        step(Map.of("run-a-1", failure("run-a-1", FailureReason.TIMEOUT)));
        assertThat(run).isSameAs(ended);
    }

    private void step(Map<String, Sighting> sightings) {
        long before = run.version();
        Diagnosis old = run;
        last = machine.next(run, sightings, now);
        run = last.diagnosis();
        assertThat(run.version()).isEqualTo(run.equals(old) ? before : before + 1);
    }
}
