package dev.weir.cli;

import dev.weir.api.ResourceView;
import dev.weir.api.Versioned;
import dev.weir.api.WriteOptions;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl delete`.
@Command(name = "delete", description = "Deletes a resource.", mixinStandardHelpOptions = true)
final class DeleteCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;

    @Parameters(index = "0", paramLabel = "KIND", description = "As in 'get'.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The resource.")
    private String name = "";

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "Why; kept with the revision.")
    private String message = "";

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    DeleteCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        Kind wanted = KindNames.of(kind);
        try (Session session = server.open()) {
            String cluster = wanted == Kind.CLUSTER ? name : session.cluster();
            Versioned<ResourceView> known = session.client().get(cluster, wanted, name);
            session.client()
                    .delete(
                            cluster,
                            new Reference(wanted, name),
                            WriteOptions.replacing(known.etag()).because(message));
            spec.commandLine().getOut().println(wanted.words() + " " + name + ": deleted");
        }
        return ExitCode.DONE.code();
    }
}
