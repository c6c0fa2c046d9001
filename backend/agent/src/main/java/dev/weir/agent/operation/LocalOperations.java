package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;
import dev.weir.model.Parameters;
import dev.weir.model.Problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Carries out operations on this machine, each on its own virtual thread.
///
/// A run that has ended is remembered over a restart; one that was working is not, so that
/// [#observe] answers empty for it and the asker can begin another.
public final class LocalOperations implements OperationRunner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalOperations.class);
    private static final Duration COLLECTION_PERIOD = Duration.ofMinutes(5);

    private final ArtifactStore store;
    private final RunTable runs;
    private final Turns turns;
    private final Map<Operation.Type, Act> acts;
    private final ScheduledExecutorService timer;

    /// What this node spends on diagnosis.
    ///
    /// @param artifacts how much is kept
    /// @param profileBytes the largest profile accepted
    /// @param places how many runs may work at once
    /// @param patience how long a run may wait for its turn
    /// @param busyPause before a busy profiler is asked again; doubles with each time
    public record Settings(
            ArtifactStore.Limits artifacts,
            long profileBytes,
            int places,
            Duration patience,
            Duration busyPause) {
        public static Settings defaults() {
            return new Settings(
                    new ArtifactStore.Limits(2L << 30, Duration.ofDays(14)),
                    256L << 20,
                    4,
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(1));
        }
    }

    /// Opens the operations of this node.
    ///
    /// @param directory for artifacts and the memory of ended runs; of this object alone
    /// @param proxy how the node's proxy is profiled
    public static LocalOperations open(
            Path directory, Settings settings, ProxyProfiler proxy, InstantSource clock)
            throws IOException {
        ArtifactStore store =
                new ArtifactStore(directory.resolve("artifacts"), settings.artifacts(), clock);
        PprofClient client =
                new PprofClient(
                        new PprofClient.Limits(
                                settings.profileBytes(),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(15)));
        GoProfile.BusyRetry retry = new GoProfile.BusyRetry(5, settings.busyPause());
        Function<Operation.Type, Act> act =
                type ->
                        switch (type) {
                            case GO_PROFILE -> new GoProfile(client, store, clock, retry);
                            case JVM_PROFILE -> new JvmProfile(store, clock);
                            case PROXY_PROFILE -> new ProxyProfile(proxy, store, clock);
                        };
        return new LocalOperations(
                store,
                new RunTable(directory.resolve("runs")),
                new Turns(settings.places(), settings.patience()),
                Arrays.stream(Operation.Type.values())
                        .collect(Collectors.toMap(Function.identity(), act)));
    }

    LocalOperations(
            ArtifactStore store, RunTable runs, Turns turns, Map<Operation.Type, Act> acts) {
        this.store = store;
        this.runs = runs;
        this.turns = turns;
        this.acts = Map.copyOf(acts);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("operation-timer").factory());
        var _ =
                timer.scheduleWithFixedDelay(
                        this::collect,
                        COLLECTION_PERIOD.toSeconds(),
                        COLLECTION_PERIOD.toSeconds(),
                        TimeUnit.SECONDS);
    }

    @Override
    public Observation start(Request request) {
        return runs.findOrBegin(request.runId(), run -> begin(run, request)).observation();
    }

    @Override
    public Optional<Observation> observe(String runId) {
        return runs.find(runId).map(Run::observation);
    }

    @Override
    public void cancel(String runId) {
        runs.find(runId)
                .ifPresent(run ->
                        run.fail(
                                FailureReason.CANCELLED, "run %s: was cancelled".formatted(runId)));
    }

    @Override
    public Optional<InputStream> open(String sha256) throws IOException {
        return store.open(sha256);
    }

    /// Interrupts what works; those runs will be unknown.
    @Override
    public void close() {
        timer.shutdownNow();
        runs.close();
    }

    private void begin(Run run, Request request) {
        List<Problem> problems = Parameters.problems(request.type(), request.parameters());
        if (!problems.isEmpty()) {
            run.fail(
                    FailureReason.INVALID_PARAMETER,
                    problems.stream()
                            .map(problem ->
                                    "parameter " + problem.path() + ": " + problem.message())
                            .collect(Collectors.joining("; ")));
            return;
        }
        run.begin(
                Thread.ofVirtual()
                        .name("operation-" + request.runId())
                        .unstarted(() -> carryOut(run, request)));
    }

    private void carryOut(Run run, Request request) {
        LOG.info("run={} type={} state=started", request.runId(), request.type());
        Act act = acts.get(request.type());
        if (act == null) {
            run.fail(FailureReason.INTERNAL, "operation " + request.type() + ": is not built in");
            return;
        }
        try {
            Optional<Turns.Turn> taken = turns.take(act.exclusive(request));
            if (taken.isEmpty()) {
                run.fail(
                        FailureReason.TIMEOUT,
                        "run %s: its turn did not come in time; try again when fewer runs wait"
                                .formatted(request.runId()));
                return;
            }
            try (Turns.Turn _ = taken.get()) {
                perform(act, run, request);
            }
        } catch (InterruptedException stopped) {
            run.fail(
                    FailureReason.CANCELLED,
                    "run %s: was stopped with its agent".formatted(request.runId()));
        } catch (OperationFailedException failure) {
            run.fail(failure.reason(), String.valueOf(failure.getMessage()));
        } catch (IOException failure) {
            run.fail(reasonOf(failure), "run %s: %s".formatted(request.runId(), failure));
        } catch (RuntimeException defect) {
            LOG.error("run={} state=FAILED", request.runId(), defect);
            run.fail(
                    FailureReason.INTERNAL,
                    "run %s: a defect of Weir (%s); report it with the agent's log"
                            .formatted(request.runId(), defect));
        }
        LOG.info(
                "run={} type={} state={} failure={}",
                request.runId(),
                request.type(),
                run.observation().state(),
                run.observation().failure());
    }

    private void perform(Act act, Run run, Request request)
            throws IOException, OperationFailedException, InterruptedException {
        if (run.hasEnded()) {
            return;
        }
        ScheduledFuture<?> timeout =
                timer.schedule(
                        () ->
                                run.fail(
                                        FailureReason.TIMEOUT,
                                        "run %s: did not end within %d s; raise the timeout of the operation or ask for fewer seconds"
                                                .formatted(
                                                        request.runId(),
                                                        request.timeout().toSeconds())),
                        request.timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            List<Diagnosis.Artifact> artifacts = act.perform(request, run::progress);
            run.succeed(artifacts);
        } finally {
            timeout.cancel(false);
        }
    }

    private static FailureReason reasonOf(IOException failure) {
        // the wording of Linux, macOS and Windows
        String text = String.valueOf(failure.getMessage());
        return text.contains("No space left") || text.contains("not enough space")
                ? FailureReason.QUOTA_EXCEEDED
                : FailureReason.INTERNAL;
    }

    private void collect() {
        try {
            store.collect();
        } catch (IOException failure) {
            LOG.warn("artifact store: could not collect; look into its directory", failure);
        }
    }
}
