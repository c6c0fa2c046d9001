package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;

import java.time.Duration;
import java.time.Instant;

/// How long and how often things are tried.
///
/// @param attempts of one step, at least 1
/// @param pause before the second attempt; doubles with each further one
/// @param silence of an agent after which its node is given up
/// @param queue how long a step may wait for its turn on the node, beyond its timeout
public record Policy(int attempts, Duration pause, Duration silence, Duration queue) {
    private static final Duration LONGEST = Duration.ofHours(24);

    /// Three attempts, 2 s pause, a minute of silence, eleven minutes of queue; the agent lets a
    /// run wait ten.
    public static Policy defaults() {
        return new Policy(3, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(11));
    }

    static boolean isRetryable(FailureReason reason) {
        return reason == FailureReason.PROFILER_BUSY
                || reason == FailureReason.CONNECTION_LOST
                || reason == FailureReason.AGENT_UNREACHABLE;
    }

    /// When a step that failed in its n-th attempt may be tried again.
    Instant retryAt(Instant failedAt, int attempt) {
        return failedAt.plus(pause.multipliedBy(1L << Math.min(attempt - 1, 20)));
    }

    /// When a step that began then must have ended.
    Instant deadline(Diagnosis.Step step, Instant startedAt) {
        return startedAt.plus(step.operation().timeout()).plus(queue);
    }

    /// When a run that began then must have ended, whatever its steps do: all of them one after
    /// another with every attempt, at most a day.
    Instant deadline(Diagnosis.Status status, Instant startedAt) {
        Duration all = queue.plus(silence);
        for (Diagnosis.Step step : status.steps()) {
            all = all.plus(step.operation().timeout().multipliedBy(attempts));
        }
        return startedAt.plus(all.compareTo(LONGEST) < 0 ? all : LONGEST);
    }
}
