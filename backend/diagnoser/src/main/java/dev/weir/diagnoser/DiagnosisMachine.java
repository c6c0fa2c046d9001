package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.Diagnosis.StepState;
import dev.weir.model.FailureReason;
import dev.weir.model.OperationRunner;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decides what happens next in a run: pure, without clock or network.
///
/// Steps whose predecessors have succeeded run side by side. A step that fails for a passing reason
/// is tried again; one that fails for good takes those that depend on it along, while other
/// branches go on. Every run ends: each step has a deadline, and so has the whole.
record DiagnosisMachine(Policy policy) {

    /// The next state.
    ///
    /// @param sightings by run id; a running step without one has no news
    Decision next(Diagnosis diagnosis, Map<String, Sighting> sightings, Instant now) {
        Diagnosis.Status status = diagnosis.status();
        if (status.phase().isFinal()) {
            return new Decision(diagnosis, List.of(), List.of(), null);
        }
        Turn turn = new Turn(diagnosis, now);
        Instant startedAt = status.startedAt() == null ? now : status.startedAt();
        turn.observe(sightings);
        if (status.cancelRequested()) {
            boolean stopped =
                    turn.stopAll(
                            FailureReason.CANCELLED,
                            StepState.CANCELLED,
                            "was cancelled by an operator");
            Diagnosis.Phase phase = stopped ? Diagnosis.Phase.CANCELLED : turn.verdict();
            return turn.decide(phase, startedAt, null);
        }
        Instant deadline = policy.deadline(status, startedAt);
        if (!now.isBefore(deadline)) {
            var _ =
                    turn.stopAll(
                            FailureReason.TIMEOUT,
                            StepState.FAILED,
                            "the run as a whole took too long; ask for fewer steps or seconds");
        }
        turn.skip();
        turn.start();
        if (turn.steps.values().stream().allMatch(step -> Steps.isFinal(step.state()))) {
            return turn.decide(turn.verdict(), startedAt, null);
        }
        return turn.decide(Diagnosis.Phase.RUNNING, startedAt, turn.wake(deadline));
    }

    /// One decision in the making.
    private final class Turn {
        private final Diagnosis diagnosis;
        private final Instant now;
        private final Map<String, Diagnosis.Step> steps = new LinkedHashMap<>();
        private final List<Diagnosis.Step> start = new ArrayList<>();
        private final List<String> cancel = new ArrayList<>();

        Turn(Diagnosis diagnosis, Instant now) {
            this.diagnosis = diagnosis;
            this.now = now;
            diagnosis.status().steps().forEach(this::put);
        }

        private void put(Diagnosis.Step step) {
            steps.put(step.name(), step);
        }

        void observe(Map<String, Sighting> sightings) {
            for (Diagnosis.Step step : List.copyOf(steps.values())) {
                if (step.state() == StepState.RUNNING) {
                    judge(step, sightings.get(step.runId()));
                }
            }
        }

        private void judge(Diagnosis.Step step, @Nullable Sighting sighting) {
            switch (sighting) {
                case null -> expire(step);
                case Sighting.Seen(var observation) -> seen(step, observation);
                case Sighting.Unknown() ->
                        failed(
                                step,
                                FailureReason.AGENT_UNREACHABLE,
                                "the agent of node %s restarted and does not know the run"
                                        .formatted(diagnosis.spec().node()));
                case Sighting.Unreachable unreachable -> unreachable(step, unreachable);
            }
        }

        private void seen(Diagnosis.Step step, OperationRunner.Observation observation) {
            switch (observation.state()) {
                case SUCCEEDED -> put(Steps.succeeded(step, observation.artifacts(), now));
                case FAILED, SKIPPED -> failed(step, failure(observation));
                case CANCELLED ->
                        put(Steps.ended(step, StepState.CANCELLED, failure(observation), now));
                case WAITING, RUNNING -> expire(step);
            }
        }

        private static Diagnosis.Failure failure(OperationRunner.Observation observation) {
            Diagnosis.Failure failure = observation.failure();
            return failure != null
                    ? failure
                    : new Diagnosis.Failure(
                            FailureReason.INTERNAL,
                            "run %s: ended as %s without a reason; look into the agent's log"
                                    .formatted(observation.runId(), observation.state()));
        }

        private void unreachable(Diagnosis.Step step, Sighting.Unreachable sighting) {
            if (now.isBefore(sighting.since().plus(policy.silence()))) {
                expire(step);
                return;
            }
            cancel.add(step.runId());
            failed(
                    step,
                    sighting.accepted() ? FailureReason.NODE_LOST : FailureReason.AGENT_UNREACHABLE,
                    "the agent of node %s does not answer (%s); look whether the node is up"
                            .formatted(diagnosis.spec().node(), sighting.message()));
        }

        private void expire(Diagnosis.Step step) {
            if (now.isBefore(deadline(step))) {
                return;
            }
            cancel.add(step.runId());
            failed(
                    step,
                    FailureReason.TIMEOUT,
                    "did not end within its %d s and the node's queue; look into the agent's log"
                            .formatted(step.operation().timeout().toSeconds()));
        }

        private Instant deadline(Diagnosis.Step step) {
            Instant startedAt = step.startedAt();
            return policy.deadline(step, startedAt == null ? now : startedAt);
        }

        private void failed(Diagnosis.Step step, FailureReason reason, String message) {
            failed(
                    step,
                    new Diagnosis.Failure(reason, "step %s: %s".formatted(step.name(), message)));
        }

        private void failed(Diagnosis.Step step, Diagnosis.Failure failure) {
            boolean again =
                    Policy.isRetryable(failure.reason()) && step.attempt() < policy.attempts();
            put(
                    again
                            ? Steps.waitsAgain(step, failure, now)
                            : Steps.ended(step, StepState.FAILED, failure, now));
        }

        /// Ends every step that has not ended; answers whether there was one.
        boolean stopAll(FailureReason reason, StepState state, String why) {
            boolean stopped = false;
            for (Diagnosis.Step step : List.copyOf(steps.values())) {
                if (step.state() == StepState.RUNNING) {
                    cancel.add(step.runId());
                }
                if (!Steps.isFinal(step.state())) {
                    stopped = true;
                    String message = "step %s: %s".formatted(step.name(), why);
                    put(Steps.ended(step, state, new Diagnosis.Failure(reason, message), now));
                }
            }
            return stopped;
        }

        /// Skips what depends on a step that did not succeed, however far away.
        void skip() {
            boolean moved = true;
            while (moved) {
                moved = false;
                for (Diagnosis.Step step : List.copyOf(steps.values())) {
                    Diagnosis.Step broken = brokenPredecessor(step);
                    if (step.state() == StepState.WAITING && broken != null) {
                        put(Steps.skipped(step, broken, now));
                        moved = true;
                    }
                }
            }
        }

        private Diagnosis.@Nullable Step brokenPredecessor(Diagnosis.Step step) {
            for (String name : step.after()) {
                Diagnosis.Step before = steps.get(name);
                if (before != null
                        && Steps.isFinal(before.state())
                        && before.state() != StepState.SUCCEEDED) {
                    return before;
                }
            }
            return null;
        }

        void start() {
            for (Diagnosis.Step step : List.copyOf(steps.values())) {
                if (step.state() == StepState.WAITING
                        && step.after().stream().allMatch(this::hasSucceeded)
                        && !now.isBefore(earliest(step))) {
                    Diagnosis.Step started = Steps.started(step, diagnosis.id(), now);
                    put(started);
                    start.add(started);
                }
            }
        }

        private boolean hasSucceeded(String name) {
            Diagnosis.Step step = steps.get(name);
            return step != null && step.state() == StepState.SUCCEEDED;
        }

        private Instant earliest(Diagnosis.Step step) {
            Instant failedAt = step.finishedAt();
            return failedAt == null ? now : policy.retryAt(failedAt, step.attempt());
        }

        Instant wake(Instant deadline) {
            Instant first = deadline;
            for (Diagnosis.Step step : steps.values()) {
                Instant due =
                        switch (step.state()) {
                            case RUNNING -> deadline(step);
                            case WAITING -> step.attempt() > 0 ? earliest(step) : deadline;
                            case SUCCEEDED, FAILED, SKIPPED, CANCELLED -> deadline;
                        };
                first = due.isBefore(first) ? due : first;
            }
            return first;
        }

        Diagnosis.Phase verdict() {
            return steps.values().stream().allMatch(step -> step.state() == StepState.SUCCEEDED)
                    ? Diagnosis.Phase.SUCCEEDED
                    : Diagnosis.Phase.FAILED;
        }

        Decision decide(Diagnosis.Phase phase, Instant startedAt, @Nullable Instant wake) {
            Diagnosis.Status before = diagnosis.status();
            Diagnosis.Status after =
                    new Diagnosis.Status(
                            phase,
                            List.copyOf(steps.values()),
                            startedAt,
                            phase.isFinal() ? now : null,
                            phase.isFinal() ? firstFailure() : null,
                            before.cancelRequested());
            return new Decision(
                    after.equals(before) ? diagnosis : Diagnoses.with(diagnosis, after),
                    start,
                    cancel,
                    wake);
        }

        /// The failure that came first and is no consequence of another.
        private Diagnosis.@Nullable Failure firstFailure() {
            Diagnosis.@Nullable Step first = null;
            for (Diagnosis.Step step : steps.values()) {
                boolean broken =
                        step.state() == StepState.FAILED || step.state() == StepState.CANCELLED;
                if (broken && (first == null || endedBefore(step, first))) {
                    first = step;
                }
            }
            return first == null ? null : first.failure();
        }

        private static boolean endedBefore(Diagnosis.Step left, Diagnosis.Step right) {
            return left.finishedAt() != null
                    && right.finishedAt() != null
                    && left.finishedAt().isBefore(right.finishedAt());
        }
    }
}
