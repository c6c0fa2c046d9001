package dev.weir.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `weirctl export`.
@Command(
        name = "export",
        description = "Prints the whole cluster as YAML that 'apply' reads back.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Where to write it; standard output where absent.")
    private @Nullable Path file;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    ExportCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        try (Session session = server.open()) {
            String yaml = session.client().export(session.cluster());
            if (file == null) {
                spec.commandLine().getOut().print(yaml);
                spec.commandLine().getOut().flush();
            } else {
                Files.writeString(file, yaml);
            }
        }
        return ExitCode.DONE.code();
    }
}
