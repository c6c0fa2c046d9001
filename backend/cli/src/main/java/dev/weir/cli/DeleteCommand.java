package dev.weir.cli;

import dev.weir.api.ResourceView;
import dev.weir.api.Versioned;
import dev.weir.api.WriteOptions;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl delete`.
@Command(name = "delete", description = "Deletes a resource.", mixinStandardHelpOptions = true)
final class DeleteCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;
    @Mixin private final ResourceName resource = new ResourceName();
    @Mixin private final MessageOption message = new MessageOption();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    DeleteCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        Reference wanted = resource.get();
        try (Session session = server.open()) {
            String cluster = wanted.kind() == Kind.CLUSTER ? wanted.name() : session.cluster();
            Versioned<ResourceView> known =
                    session.client().get(cluster, wanted.kind(), wanted.name());
            session.client()
                    .delete(
                            cluster,
                            wanted,
                            WriteOptions.replacing(known.etag()).because(message.text()));
            spec.commandLine().getOut().println(wanted + ": deleted");
        }
        return ExitCode.DONE.code();
    }
}
