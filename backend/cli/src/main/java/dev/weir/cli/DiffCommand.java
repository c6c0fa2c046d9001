package dev.weir.cli;

import dev.weir.api.ApiException;
import dev.weir.api.ApplyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl diff`.
@Command(
        name = "diff",
        description = "Shows what 'apply' would change. Exit code 1 where something would.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;
    @Mixin private final SourceOption file;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    DiffCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
        this.file = new SourceOption(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        SourceText source = file.read();
        try (Session session = server.open()) {
            ApplyResult result = session.client().apply(session.cluster(), source.text(), true, "");
            Changes.printDifferences(spec.commandLine().getOut(), result);
            int refused =
                    Changes.refused(spec.commandLine().getErr(), source.located(result.problems()));
            if (refused != ExitCode.DONE.code()) {
                return refused;
            }
            return (Changes.isEmpty(result) ? ExitCode.DONE : ExitCode.FAILED).code();
        } catch (ApiException refused) {
            throw source.blame(refused);
        }
    }
}
