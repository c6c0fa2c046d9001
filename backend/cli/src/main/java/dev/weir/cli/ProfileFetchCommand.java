package dev.weir.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;

/// `weirctl profile artifact`.
@Command(
        name = "artifact",
        description = "Saves an artifact as it is.",
        mixinStandardHelpOptions = true)
final class ProfileFetchCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;

    @Parameters(index = "0", paramLabel = "SHA-256", description = "The artifact's identity.")
    private String sha256 = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Where to; a file of that name here where absent.")
    private @Nullable Path file;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    ProfileFetchCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        Path destination = file == null ? Path.of(sha256) : file;
        try (Session session = server.open();
                InputStream bytes = session.client().artifact(sha256)) {
            Path partial = destination.resolveSibling(destination.getFileName() + ".partial");
            long size = Files.copy(bytes, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, destination, StandardCopyOption.REPLACE_EXISTING);
            spec.commandLine().getOut().println(destination + ": " + size + " bytes");
        }
        return ExitCode.DONE.code();
    }
}
