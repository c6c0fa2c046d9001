package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Codec;
import dev.weir.api.ResourceView;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/// `weirctl get`.
@Command(
        name = "get",
        description = "Lists resources of a kind, or shows one.",
        mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            completionCandidates = KindNames.Candidates.class,
            description =
                    "clusters, nodes, virtual-servers (vs), target-groups (tg) or certificates; with"
                            + " a name also KIND/NAME.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "One of them.")
    private @Nullable String name;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "KEY=VALUE,…",
            description = "Only those with all of these labels.")
    private String selector = "";

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    GetCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        Reference one = name != null || kind.indexOf('/') > 0 ? ResourceName.of(kind, name) : null;
        Kind wanted = one == null ? KindNames.of(kind) : one.kind();
        try (Session session = server.open()) {
            String cluster = wanted == Kind.CLUSTER ? "" : session.cluster();
            if (one != null) {
                ResourceView view = session.client().get(cluster, wanted, one.name()).value();
                output.print(
                        spec.commandLine().getOut(),
                        ResourceTable.of(wanted, List.of(view)),
                        Codec.write(view),
                        KindNames.qualified(wanted, view.name()));
            } else {
                List<ResourceView> views = session.all(cluster, wanted, selector);
                output.print(
                        spec.commandLine().getOut(),
                        ResourceTable.of(wanted, views),
                        views.stream().<JsonNode>map(Codec::write).toList(),
                        views.stream()
                                .map(view -> KindNames.qualified(wanted, view.name()))
                                .toList());
            }
        }
        return ExitCode.DONE.code();
    }
}
