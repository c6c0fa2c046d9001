package dev.weir.cli;

import dev.weir.api.ApplyResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/// `weirctl diff`.
@Command(
        name = "diff",
        description = "Shows what 'apply' would change. Exit code 1 where something would.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The file, or - for standard input.")
    private String file = "";

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        String yaml = new String(surroundings.read(file), StandardCharsets.UTF_8);
        try (Session session = server.open()) {
            ApplyResult result = session.client().apply(session.cluster(), yaml, true, "");
            Changes.printDifferences(spec.commandLine().getOut(), result);
            int refused = Changes.refused(spec.commandLine().getErr(), result);
            if (refused != ExitCode.DONE.code()) {
                return refused;
            }
            return (Changes.isEmpty(result) ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }
}
