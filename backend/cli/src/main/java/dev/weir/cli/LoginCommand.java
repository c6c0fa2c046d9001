package dev.weir.cli;

import dev.weir.api.Connection;
import dev.weir.api.Login;
import dev.weir.api.WeirClient;
import dev.weir.model.Names;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `weirctl login`.
@Command(
        name = "login",
        description = "Exchanges a password for a token and keeps it as a context.",
        mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--admin",
            required = true,
            paramLabel = "URL",
            description = "Base address of the admin API.")
    private URI admin = URI.create("");

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the authority to trust; the platform's where absent.")
    private @Nullable Path ca;

    @Option(names = "--user", paramLabel = "NAME", description = "admin where absent.")
    private String user = "admin";

    @Mixin private final PasswordSource password;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the context; its host where absent.")
    private @Nullable String name;

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "NAME",
            description = "The cluster that is meant where a command names none.")
    private @Nullable String cluster;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    LoginCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.password = new PasswordSource(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        if (admin.getHost() == null) {
            throw new UsageException("--admin: must be https://host:port, is '" + admin + "'");
        }
        String contextName =
                name == null ? admin.getHost().replace('.', '-').replace(':', '-') : name;
        if (!Names.problems("name", contextName).isEmpty()) {
            throw new UsageException(
                    "--name: must be 1 to 63 of a-z, 0-9 and '-', is '" + contextName + "'");
        }
        String caPem = ca == null ? null : Files.readString(ca);
        Connection connection = Connection.of(admin, caPem, null, ServerOptions.USER_AGENT);
        try (WeirClient client = new WeirClient(connection)) {
            Login.Answer answer = client.login(user, password.known("Password of " + user));
            new Contexts(surroundings)
                    .put(
                            new Context(
                                    contextName,
                                    admin,
                                    ca == null ? null : ca.toAbsolutePath().toString(),
                                    null,
                                    cluster),
                            new Secret(answer.token()));
            spec.commandLine()
                    .getOut()
                    .println(
                            "context %s: %s as %s until %s"
                                    .formatted(
                                            contextName,
                                            answer.user(),
                                            dev.weir.api.Words.of(answer.role()),
                                            answer.expiresAt()));
        }
        return ExitCode.DONE.code();
    }
}
