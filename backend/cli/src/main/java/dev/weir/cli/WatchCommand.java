package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.ApiException;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.Event;
import dev.weir.api.WeirClient;
import dev.weir.api.Words;
import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// `weirctl watch`.
@Command(
        name = "watch",
        description = "Prints revisions, rollouts and diagnoses as they happen, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Of all clusters; with --cluster of this one and of what belongs to none. -o json prints"
                    + " one event in each line."
        })
final class WatchCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(names = "--count", paramLabel = "N", description = "End after so many events.")
    private int count;

    @Option(names = "--once", description = "End after the first event.")
    private boolean once;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after so long.")
    private long seconds;

    private final AtomicBoolean connected = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    WatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        AtomicInteger left = new AtomicInteger(once ? 1 : count > 0 ? count : Integer.MAX_VALUE);
        CompletableFuture<Optional<ApiException>> end = new CompletableFuture<>();
        if (seconds > 0) {
            end.completeOnTimeout(Optional.empty(), seconds, TimeUnit.SECONDS);
        }
        try (Session session = server.open();
                Subscription _ =
                        session.client()
                                .events(event -> {
                                    if (!end.isDone() && concerns(event, session.named())) {
                                        print(event);
                                        if (isNews(event) && left.decrementAndGet() == 0) {
                                            end.complete(Optional.empty());
                                        }
                                    }
                                    refusal(event, session.client())
                                            .ifPresent(
                                                    refusal -> end.complete(Optional.of(refusal)));
                                })) {
            // asks once, so that a wrong address or token ends the command at once
            var _ = session.client().version();
            Optional<ApiException> refusal = end.get();
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        }
        return ExitCode.DONE.code();
    }

    /// Why the server will not have this client again, where the stream broke for that.
    private static Optional<ApiException> refusal(Event event, WeirClient client) {
        if (event instanceof Event.Disconnected) {
            try {
                var _ = client.version();
            } catch (ApiException refused) {
                return Optional.of(refused).filter(refusal -> refusal.status() == 401);
            } catch (IOException _) {
                return Optional.empty(); // the stream tries again by itself
            }
        }
        return Optional.empty();
    }

    private static boolean isNews(Event event) {
        return !(event instanceof Event.Connected || event instanceof Event.Disconnected);
    }

    private static boolean concerns(Event event, @Nullable String cluster) {
        if (cluster == null) {
            return true;
        }
        return switch (event) {
            case Event.RevisionCommitted(var revision) -> revision.cluster().equals(cluster);
            case Event.ClusterDeleted(var gone) -> gone.equals(cluster);
            case Event.RolloutChanged(var rollout) -> rollout.cluster().equals(cluster);
            case Event.DiagnosisChanged(var diagnosis) ->
                    diagnosis.spec().cluster().equals(cluster);
            case Event.Connected _, Event.Disconnected _ -> true;
        };
    }

    private void print(Event event) {
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format()) {
            case TABLE, NAME -> {
                boolean first = connected.compareAndSet(false, event instanceof Event.Connected);
                String words =
                        first && event instanceof Event.Connected ? "connected" : words(event);
                out.println(
                        surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS)
                                + " "
                                + words);
            }
            case JSON ->
                    out.println(
                            new String(Documents.toJson(document(event)), StandardCharsets.UTF_8));
            case YAML -> out.print(Documents.toYaml(List.of(document(event))));
        }
        out.flush();
    }

    private JsonNode document(Event event) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("time", surroundings.clock().instant());
        parts.put("event", type(event));
        parts.put("data", event);
        return Codec.write(parts);
    }

    private static String type(Event event) {
        return switch (event) {
            case Event.RevisionCommitted _ -> "revision";
            case Event.ClusterDeleted _ -> "clusterDeleted";
            case Event.RolloutChanged _ -> "rollout";
            case Event.DiagnosisChanged _ -> "diagnosis";
            case Event.Connected _ -> "connected";
            case Event.Disconnected _ -> "disconnected";
        };
    }

    static String words(Event event) {
        return switch (event) {
            case Event.RevisionCommitted(var revision) ->
                    "revision %d of %s by %s: %s"
                            .formatted(
                                    revision.number(),
                                    revision.cluster(),
                                    revision.author(),
                                    revision.changes().stream()
                                            .map(change ->
                                                    change.kind().words()
                                                            + " "
                                                            + change.name()
                                                            + " "
                                                            + Words.of(change.action()))
                                            .collect(Collectors.joining(", ")));
            case Event.ClusterDeleted(var cluster) -> "cluster " + cluster + " was deleted";
            case Event.RolloutChanged(var rollout) -> words(rollout);
            case Event.DiagnosisChanged(var diagnosis) ->
                    "diagnosis %s %s: %s"
                            .formatted(
                                    diagnosis.id(),
                                    diagnosis.spec().operationSet(),
                                    Words.of(diagnosis.status().phase()));
            case Event.Connected(boolean complete) ->
                    complete ? "connected" : "connected; something may have been missed";
            case Event.Disconnected(String reason) -> "disconnected: " + reason;
        };
    }

    private static String words(Rollout rollout) {
        String refused =
                rollout.nodes().values().stream()
                        .flatMap(node ->
                                node.rejections().stream()
                                        .map(rejection ->
                                                "; "
                                                        + node.node()
                                                        + " refuses "
                                                        + RolloutCommand.words(rejection)))
                        .collect(Collectors.joining());
        return "rollout of %s: revision %d on %d/%d nodes%s"
                .formatted(
                        rollout.cluster(),
                        rollout.revision(),
                        rollout.appliedNodes(rollout.revision()),
                        rollout.nodes().size(),
                        refused);
    }
}
