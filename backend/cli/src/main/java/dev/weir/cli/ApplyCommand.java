package dev.weir.cli;

import dev.weir.api.ApiException;
import dev.weir.api.ApplyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl apply`.
@Command(
        name = "apply",
        description = "Creates and replaces every resource of a YAML file, as one revision.",
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final SourceOption file;
    @Mixin private final DryRunOption dryRun = new DryRunOption();
    @Mixin private final MessageOption message = new MessageOption();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    ApplyCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
        this.file = new SourceOption(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        SourceText source = file.read();
        try (Session session = server.open()) {
            ApplyResult result =
                    session.client()
                            .apply(
                                    session.cluster(),
                                    source.text(),
                                    dryRun.isSet(),
                                    message.text());
            Changes.print(spec.commandLine().getOut(), output, result);
            return Changes.refused(spec.commandLine().getErr(), source.located(result.problems()));
        } catch (ApiException refused) {
            throw source.blame(refused);
        }
    }
}
