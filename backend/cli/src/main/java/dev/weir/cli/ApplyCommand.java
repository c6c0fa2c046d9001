package dev.weir.cli;

import dev.weir.api.ApiException;
import dev.weir.api.ApplyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl apply`.
@Command(
        name = "apply",
        description = "Creates and replaces every resource of a YAML file, as one revision.",
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The file, or - for standard input.")
    private String file = "";

    @Option(names = "--dry-run", description = "Only say what would happen.")
    private boolean dryRun;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "Why; kept with the revision.")
    private String message = "";

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    ApplyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        SourceText source = SourceText.read(surroundings, file);
        try (Session session = server.open()) {
            ApplyResult result =
                    session.client().apply(session.cluster(), source.text(), dryRun, message);
            Changes.print(spec.commandLine().getOut(), output, result);
            return Changes.refused(spec.commandLine().getErr(), source.located(result.problems()));
        } catch (ApiException refused) {
            throw source.blame(refused);
        }
    }
}
