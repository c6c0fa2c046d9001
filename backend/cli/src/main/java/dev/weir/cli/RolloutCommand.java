package dev.weir.cli;

import dev.weir.api.Codec;
import dev.weir.model.Rollout;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `weirctl rollout`.
@Command(
        name = "rollout",
        description = "Shows how far each node has come, and what it refuses.",
        mixinStandardHelpOptions = true)
final class RolloutCommand implements Callable<Integer> {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Wait until every node has applied the newest revision.")
    private long wait;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    RolloutCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        try (Session session = server.open()) {
            String cluster = session.cluster();
            Instant deadline = surroundings.clock().instant().plusSeconds(wait);
            Optional<Rollout> rollout = session.client().rollout(cluster);
            while (!isDone(rollout) && surroundings.clock().instant().isBefore(deadline)) {
                surroundings.pause().sleep(PERIOD);
                rollout = session.client().rollout(cluster);
            }
            if (rollout.isEmpty()) {
                throw new FailedException("cluster " + cluster + ": nothing was rolled out yet");
            }
            print(rollout.get());
            if (wait > 0 && !isDone(rollout)) {
                throw new FailedException(
                        "cluster %s: not every node has applied revision %d within %d s"
                                .formatted(cluster, rollout.get().revision(), wait));
            }
        }
        return ExitCode.DONE.code();
    }

    private static boolean isDone(Optional<Rollout> rollout) {
        return rollout.isPresent()
                && !rollout.get().nodes().isEmpty()
                && rollout.get().appliedNodes(rollout.get().revision())
                        == rollout.get().nodes().size();
    }

    private void print(Rollout rollout) {
        Table table = new Table("NODE", "CONNECTED", "APPLIED", "NEWEST", "LAST SEEN", "REFUSES");
        rollout.nodes().values().stream()
                .sorted(java.util.Comparator.comparing(Rollout.NodeRollout::node))
                .forEach(node ->
                        table.row(
                                node.node(),
                                node.connected() ? "yes" : "no",
                                node.applied(),
                                rollout.revision(),
                                node.lastSeen().truncatedTo(ChronoUnit.SECONDS),
                                node.rejections().stream()
                                        .map(RolloutCommand::words)
                                        .reduce((left, right) -> left + "; " + right)
                                        .orElse("")));
        output.print(spec.commandLine().getOut(), table, Codec.write(rollout), rollout.cluster());
    }

    static String words(Rollout.Rejection rejection) {
        return rejection.resource()
                + (rejection.field().isEmpty() ? "" : " " + rejection.field())
                + ": "
                + rejection.message();
    }
}
