package dev.weir.cli;

import dev.weir.api.Codec;
import dev.weir.model.Diagnosis;
import dev.weir.model.Kind;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/// `weirctl diagnose`.
@Command(
        name = "diagnose",
        description = "Starts a diagnosis and prints its id.",
        mixinStandardHelpOptions = true)
final class DiagnoseCommand implements Callable<Integer> {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "VIRTUAL-SERVER",
            description = "What raised the question.")
    private @Nullable String virtualServer;

    @Option(
            names = {"-s", "--operation-set"},
            required = true,
            paramLabel = "NAME",
            description = "What to do: go-profile, jvm-profile, proxy-profile or your own.")
    private String operationSet = "";

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Where; needed where the cluster has several.")
    private @Nullable String node;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "KEY=VALUE",
            description = "Overrides a parameter of the steps, such as seconds=5.")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = "--credential",
            paramLabel = "NAME",
            description = "A stored credential for protected targets.")
    private @Nullable String credential;

    @Mixin private final MessageOption message = new MessageOption();

    @Option(names = "--wait", description = "Wait for the end and show the steps.")
    private boolean wait;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    DiagnoseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        try (Session session = server.open()) {
            String cluster = session.cluster();
            if (virtualServer != null) {
                // a mistyped name would otherwise be kept as it is
                var _ = session.client().get(cluster, Kind.VIRTUAL_SERVER, virtualServer);
            }
            Diagnosis diagnosis =
                    session.client()
                            .diagnose(
                                    new Diagnosis.Spec(
                                            operationSet,
                                            cluster,
                                            node(session, cluster),
                                            virtualServer,
                                            parameters,
                                            credential,
                                            message.text()),
                                    UUID.randomUUID().toString());
            while (wait && !diagnosis.status().phase().isFinal()) {
                surroundings.pause().sleep(PERIOD);
                diagnosis = session.client().diagnosis(diagnosis.id());
            }
            print(diagnosis);
            return switch (diagnosis.status().phase()) {
                case PENDING, RUNNING, SUCCEEDED -> ExitCode.DONE.code();
                case FAILED, CANCELLED -> ExitCode.FAILED.code();
            };
        }
    }

    private String node(Session session, String cluster) throws Exception {
        if (node != null) {
            return node;
        }
        List<String> nodes =
                session.all(cluster, Kind.NODE, "").stream()
                        .map(dev.weir.api.ResourceView::name)
                        .toList();
        if (nodes.size() != 1) {
            throw new UsageException(
                    "the cluster has "
                            + nodes.size()
                            + " nodes, choose one with --node: "
                            + String.join(", ", nodes));
        }
        return nodes.getFirst();
    }

    private void print(Diagnosis diagnosis) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isTable() && wait) {
            DiagnosisTable.of(List.of(diagnosis)).print(out);
            out.println();
            DiagnosisTable.steps(diagnosis).print(out);
            if (diagnosis.status().phase() == Diagnosis.Phase.SUCCEEDED) {
                out.println();
                out.println("See what it found: weirctl profile top " + diagnosis.id() + "/STEP");
            }
            out.flush();
        } else if (output.isTable()) {
            out.println(diagnosis.id());
            out.flush();
        } else {
            output.print(out, new Table(), Codec.write(diagnosis), diagnosis.id());
        }
    }
}
