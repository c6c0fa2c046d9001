package dev.weir.cli;

import dev.weir.api.ServerVersion;
import dev.weir.api.Words;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `weirctl version`.
@Command(
        name = "version",
        description = "Says which weirctl this is, which server answers, and who you are to it.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;

    @Option(names = "--client", description = "Do not ask a server.")
    private boolean clientOnly;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    VersionCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    /// The version of weirctl itself.
    static final class Client implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = WeirControl.class.getPackage().getImplementationVersion();
            return new String[] {"weirctl " + (version == null ? "development" : version)};
        }
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        for (String line : new Client().getVersion()) {
            out.println(line);
        }
        out.flush();
        if (!clientOnly) {
            try (Session session = server.open()) {
                ServerVersion answer = session.client().version();
                out.println(
                        "server %s, you are %s (%s)"
                                .formatted(
                                        answer.version(), answer.user(), Words.of(answer.role())));
            }
        }
        return ExitCode.DONE.code();
    }
}
