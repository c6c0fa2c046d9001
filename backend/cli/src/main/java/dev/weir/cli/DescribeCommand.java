package dev.weir.cli;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ResourceView;
import dev.weir.api.Words;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `weirctl describe`.
@Command(
        name = "describe",
        description = "Shows everything about one resource: what is desired and what is observed.",
        mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;

    @Mixin private final ResourceName resource = new ResourceName();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    DescribeCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        Reference wanted = resource.get();
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = server.open()) {
            String cluster = wanted.kind() == Kind.CLUSTER ? "" : session.cluster();
            ResourceView view = session.client().get(cluster, wanted.kind(), wanted.name()).value();
            out.print(Documents.toYaml(Codec.write(view)));
            if (view.resource().spec() instanceof TargetGroup group) {
                out.println();
                targets(group).print(out);
            }
            out.flush();
        }
        return ExitCode.DONE.code();
    }

    private static Table targets(TargetGroup group) {
        Table table = new Table("TARGET", "ADDRESS", "WEIGHT", "STATE");
        for (Target target : group.targets()) {
            table.row(
                    target.name(),
                    target.address() + ":" + target.port(),
                    target.weight(),
                    Words.of(target.adminState()));
        }
        return table;
    }
}
