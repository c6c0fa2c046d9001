package dev.weir.diagnoser;

import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.DiagnosisRuns;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.InvalidException;
import dev.weir.model.Node;
import dev.weir.model.OperationRunner;
import dev.weir.model.Resource;
import dev.weir.model.RevisionSource;
import dev.weir.model.Subscription;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// Drives diagnoses from this process, each on its own virtual thread, with their state in a store.
///
/// Any thread. One such object per store.
public final class LocalDiagnosisRuns implements DiagnosisRuns, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDiagnosisRuns.class);
    private static final Duration CLOSING = Duration.ofMillis(500);

    private final DiagnosisStore store;
    private final Resolution resolution;
    private final NodeAgents agents;
    private final Drive.Means means;
    private final List<Consumer<Diagnosis>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Driven> driven = new ConcurrentHashMap<>();

    private record Driven(Drive drive, Thread thread) {}

    /// Where time comes from, and how often things are tried.
    ///
    /// @param firstPoll pause before the agent is asked again after a change
    /// @param longestPoll the longest such pause
    public record Settings(
            InstantSource clock, Policy policy, Duration firstPoll, Duration longestPoll) {
        public static Settings defaults() {
            return new Settings(
                    InstantSource.system(),
                    Policy.defaults(),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1));
        }
    }

    /// Runs that begin when started; [#resume] goes on with those of an earlier process.
    ///
    /// @param agents the runner behind an agent's address; asked often, may keep connections
    public LocalDiagnosisRuns(
            DiagnosisStore store,
            RevisionSource revisions,
            Function<Resource<Node>, OperationRunner> agents,
            Settings settings) {
        this.store = store;
        this.resolution = new Resolution(store, revisions);
        this.agents = new NodeAgents(revisions, agents);
        this.means =
                new Drive.Means(
                        store,
                        new DiagnosisMachine(settings.policy()),
                        this.agents,
                        settings.clock(),
                        new Drive.Pace(settings.firstPoll(), settings.longestPoll()));
    }

    /// Goes on with every run that had not ended; called once, before the first start.
    public void resume() {
        for (Diagnosis diagnosis : store.unfinished()) {
            LOG.info("diagnosis={} state=resumed", diagnosis.id());
            drive(diagnosis.id());
        }
    }

    @Override
    public Diagnosis start(String id, Diagnosis.Spec spec, String user) throws InvalidException {
        Optional<Diagnosis> before = store.find(id);
        if (before.isPresent()) {
            return before.get();
        }
        Instant now = means.clock().instant();
        Diagnosis diagnosis =
                new Diagnosis(
                        id,
                        spec,
                        new Diagnosis.Status(
                                Diagnosis.Phase.PENDING,
                                resolution.steps(spec),
                                null,
                                null,
                                null,
                                false),
                        user,
                        now,
                        1);
        if (!store.insert(diagnosis)) {
            return store.find(id).orElseThrow(); // another call was faster
        }
        LOG.info(
                "diagnosis={} state=PENDING set={} node={} user={}",
                diagnosis.id(),
                spec.operationSet(),
                spec.node(),
                user);
        tell(diagnosis);
        drive(diagnosis.id());
        return diagnosis;
    }

    @Override
    public Optional<Diagnosis> find(String id) {
        return store.find(id);
    }

    @Override
    public List<Diagnosis> list(DiagnosisQuery query) {
        return store.list(query);
    }

    @Override
    public Optional<Diagnosis> cancel(String id) {
        while (true) {
            Optional<Diagnosis> found = store.find(id);
            if (found.isEmpty()
                    || found.get().status().phase().isFinal()
                    || found.get().status().cancelRequested()) {
                return found;
            }
            Diagnosis asked = Diagnoses.withCancelRequested(found.get());
            if (store.update(asked)) {
                tell(asked);
                Driven driver = driven.get(id);
                if (driver != null) {
                    driver.drive().wake();
                }
                return Optional.of(asked);
            }
        }
    }

    @Override
    public Optional<InputStream> open(String sha256) throws IOException {
        Optional<Diagnosis> holder = store.holderOf(sha256);
        return holder.isEmpty() ? Optional.empty() : agents.of(holder.get().spec()).open(sha256);
    }

    @Override
    public Subscription subscribe(Consumer<Diagnosis> listener) {
        // wrapped, so that one listener subscribed twice is two subscriptions
        Consumer<Diagnosis> own = diagnosis -> listener.accept(diagnosis);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /// Stops driving; the runs stay as they are, and [#resume] of a later process goes on. Waits a
    /// moment for those that are asking an agent, then interrupts them.
    @Override
    public void close() {
        List<Driven> left = List.copyOf(driven.values());
        left.forEach(driver -> driver.drive().stop());
        long deadline = System.nanoTime() + CLOSING.toNanos();
        try {
            for (Driven driver : left) {
                Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (!driver.thread().join(rest)) {
                    driver.thread().interrupt();
                }
            }
        } catch (InterruptedException hurried) {
            left.forEach(driver -> driver.thread().interrupt());
            Thread.currentThread().interrupt();
        }
    }

    private void drive(String id) {
        Drive drive = new Drive(id, means, this::tell);
        Thread thread =
                Thread.ofVirtual()
                        .name("diagnosis-" + id)
                        .unstarted(() -> {
                            try {
                                drive.run();
                            } finally {
                                driven.remove(id);
                            }
                        });
        driven.put(id, new Driven(drive, thread));
        thread.start();
    }

    private void tell(Diagnosis diagnosis) {
        for (Consumer<Diagnosis> listener : listeners) {
            try {
                listener.accept(diagnosis);
            } catch (RuntimeException defect) {
                LOG.error("diagnosis={} state=untold; a listener failed", diagnosis.id(), defect);
            }
        }
    }
}
