package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Drives one run to its end: looks, decides, stores, then acts, and looks again.
///
/// What it decides is durable before the agent hears of it, so that a restart goes on from there.
/// Runs on its own virtual thread; [#wake] may be called from any.
final class Drive implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Drive.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final String id;
    private final DiagnosisStore store;
    private final DiagnosisMachine machine;
    private final Watch watch;
    private final InstantSource clock;
    private final Pace pace;
    private final Consumer<Diagnosis> changed;
    private final Semaphore alarm = new Semaphore(0);
    private volatile boolean stopped;

    /// How often the agent is asked.
    ///
    /// @param first pause after a change
    /// @param longest pause; each one is half longer than the one before
    record Pace(Duration first, Duration longest) {}

    /// What a drive works with.
    record Means(
            DiagnosisStore store,
            DiagnosisMachine machine,
            NodeAgents agents,
            InstantSource clock,
            Pace pace) {}

    Drive(String id, Means means, Consumer<Diagnosis> changed) {
        this.id = id;
        this.store = means.store();
        this.machine = means.machine();
        this.watch = new Watch(means.agents(), means.store(), means.clock());
        this.clock = means.clock();
        this.pace = means.pace();
        this.changed = changed;
    }

    /// Makes it look at once.
    void wake() {
        alarm.release();
    }

    /// Makes it end after what it does now, with the run as it is.
    void stop() {
        stopped = true;
        wake();
    }

    @Override
    public void run() {
        Duration pause = pace.first();
        try {
            while (!stopped) {
                try {
                    Turn turn = turn();
                    if (turn.over()) {
                        return;
                    }
                    pause = turn.moved() ? pace.first() : longer(pause);
                    sleep(pause, turn.wake());
                } catch (RuntimeException failure) {
                    if (stopped) {
                        return;
                    }
                    LOG.error("diagnosis={} state=stalled; it is tried again", id, failure);
                    sleep(STORE_PAUSE, Instant.MAX);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private record Turn(boolean over, boolean moved, Instant wake) {}

    private Turn turn() {
        Diagnosis before = store.find(id).orElse(null);
        if (before == null) {
            LOG.warn("diagnosis={} state=gone; it was removed from the store", id);
            return new Turn(true, false, Instant.MAX);
        }
        Decision decision = machine.next(before, watch.look(before), clock.instant());
        Diagnosis after = decision.diagnosis();
        boolean moved = after.version() != before.version();
        if (moved) {
            if (!store.update(after)) {
                return new Turn(false, true, Instant.MAX);
            }
            tell(before, after);
            changed.accept(after);
        }
        watch.begin(decision.start());
        watch.cancel(after, decision.cancel());
        Instant wake = decision.wake() == null ? Instant.MAX : decision.wake();
        return new Turn(after.status().phase().isFinal(), moved, wake);
    }

    private void tell(Diagnosis before, Diagnosis after) {
        for (int i = 0; i < after.status().steps().size(); i++) {
            Diagnosis.Step step = after.status().steps().get(i);
            if (!step.equals(before.status().steps().get(i))) {
                LOG.info(
                        "diagnosis={} step={} state={} attempt={} failure={}",
                        id,
                        step.name(),
                        step.state(),
                        step.attempt(),
                        step.failure() == null ? "none" : step.failure().reason());
            }
        }
        if (after.status().phase() != before.status().phase()) {
            LOG.info("diagnosis={} state={}", id, after.status().phase());
        }
    }

    private Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(pace.longest()) < 0 ? next : pace.longest();
    }

    private void sleep(Duration pause, Instant wake) throws InterruptedException {
        long millis = pause.toMillis();
        if (wake.isBefore(clock.instant().plus(pause))) {
            millis = Math.max(1, Duration.between(clock.instant(), wake).toMillis());
        }
        if (alarm.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            alarm.drainPermits();
        }
    }
}
