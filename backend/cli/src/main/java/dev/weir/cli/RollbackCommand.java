package dev.weir.cli;

import dev.weir.api.ApplyResult;
import dev.weir.model.Reference;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl rollback`.
@Command(
        name = "rollback",
        description = "Makes a new revision that restores an older one.",
        mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "NUMBER", description = "The revision to go back to.")
    private long number;

    @Option(
            names = "--only",
            paramLabel = "KIND/NAME",
            description = "Restore this resource and leave the others.")
    private @Nullable String only;

    @Mixin private final DryRunOption dryRun = new DryRunOption();
    @Mixin private final MessageOption message = new MessageOption();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    RollbackCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        Reference reference = only == null ? null : reference(only);
        try (Session session = server.open()) {
            ApplyResult result =
                    session.client()
                            .rollback(
                                    session.cluster(),
                                    number,
                                    reference,
                                    dryRun.isSet(),
                                    message.text());
            Changes.print(spec.commandLine().getOut(), output, result);
            return Changes.refused(spec.commandLine().getErr(), result.problems());
        }
    }

    private static Reference reference(String text) throws UsageException {
        if (text.indexOf('/') < 1) {
            throw new UsageException(
                    "--only: must be kind/name such as virtual-server/shop, is '" + text + "'");
        }
        return ResourceName.of(text, null);
    }
}
