package dev.weir.cli;

import dev.weir.api.Event;
import dev.weir.api.Words;
import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// `weirctl watch`.
@Command(
        name = "watch",
        description = "Prints revisions, rollouts and diagnoses as they happen, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events.")
    private int count;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after so long.")
    private long seconds;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    WatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch left = new CountDownLatch(count > 0 ? count : Integer.MAX_VALUE);
        try (Session session = server.open();
                Subscription _ =
                        session.client()
                                .events(event -> {
                                    out.println(
                                            surroundings.clock().instant() + " " + words(event));
                                    out.flush();
                                    if (!(event instanceof Event.Connected)) {
                                        left.countDown();
                                    }
                                })) {
            // asks once, so that a wrong token ends the command instead of trying for ever
            var _ = session.client().version();
            if (seconds > 0) {
                var _ = left.await(seconds, TimeUnit.SECONDS);
            } else {
                left.await();
            }
        }
        return ExitCode.DONE.code();
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
