package dev.weir.cli;

import dev.weir.api.ApiToken;
import dev.weir.api.Codec;
import dev.weir.api.Words;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/// `weirctl token`: the tokens of a user, for programs and sessions.
@Command(
        name = "token",
        description = "Shows, issues and revokes tokens.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {
    private TokenCommand() {}

    static CommandLine line(Surroundings surroundings) {
        CommandLine line = new CommandLine(new TokenCommand());
        line.addSubcommand(new Get(surroundings));
        line.addSubcommand(new Issue(surroundings));
        line.addSubcommand(new Revoke(surroundings));
        return line;
    }

    /// Whose tokens are meant.
    static final class Owner {
        @Option(
                names = "--user",
                paramLabel = "NAME",
                description = "Whose; your own where absent.")
        private @Nullable String user;

        String of(Session session) throws IOException {
            return user == null ? session.client().version().user() : user;
        }
    }

    /// Lists tokens.
    @Command(
            name = "get",
            aliases = "list",
            description =
                    "Lists those that still work, sessions among them, without their secrets.",
            mixinStandardHelpOptions = true)
    static final class Get implements Callable<Integer> {
        @Mixin private final ServerOptions server;
        @Mixin private final Owner owner = new Owner();
        @Mixin private final OutputOptions output = new OutputOptions();

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Get(Surroundings surroundings) {
            this.server = new ServerOptions(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            try (Session session = server.open()) {
                List<ApiToken> tokens = session.client().tokens(owner.of(session));
                Table table = new Table("ID", "NAME", "CREATED", "EXPIRES");
                for (ApiToken token : tokens) {
                    table.row(token.id(), token.name(), token.createdAt(), end(token.expiresAt()));
                }
                output.print(
                        spec.commandLine().getOut(),
                        table,
                        tokens.stream().map(Codec::write).toList(),
                        tokens.stream().map(ApiToken::id).toList());
            }
            return ExitCode.DONE.code();
        }
    }

    /// Issues a token.
    @Command(
            name = "issue",
            description = "Issues one and prints its secret, this one time.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "As a table, standard output has the secret alone, for a file:"
                        + " weirctl token issue backup > token"
            })
    static final class Issue implements Callable<Integer> {
        @Mixin private final ServerOptions server;
        @Mixin private final Owner owner = new Owner();
        @Mixin private final OutputOptions output = new OutputOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Option(
                names = "--lifetime",
                paramLabel = "DURATION",
                description = "Such as 30m or 720h; until it is revoked where absent.")
        private @Nullable String lifetime;

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Issue(Surroundings surroundings) {
            this.server = new ServerOptions(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            ApiToken.Wanted wanted = new ApiToken.Wanted(name, lifetime());
            if (output.format() == OutputOptions.Format.NAME) {
                throw new UsageException("-o name: would lose the secret; use table, json or yaml");
            }
            try (Session session = server.open()) {
                String user = owner.of(session);
                ApiToken.Issued issued = session.client().issueToken(user, wanted);
                if (output.isTable()) {
                    spec.commandLine().getOut().println(issued.token());
                    spec.commandLine()
                            .getErr()
                            .println(
                                    "token %s of %s: keep it, it is not shown again; ends: %s"
                                            .formatted(issued.id(), user, end(issued.expiresAt())));
                } else {
                    output.print(
                            spec.commandLine().getOut(),
                            new Table(),
                            Codec.write(issued),
                            issued.id());
                }
            }
            return ExitCode.DONE.code();
        }

        private @Nullable Duration lifetime() throws UsageException {
            if (lifetime == null) {
                return null;
            }
            return Words.duration(lifetime)
                    .orElseThrow(() ->
                            new UsageException(
                                    "--lifetime: must be a duration such as 30m or 720h, is '%s'"
                                            .formatted(lifetime)));
        }
    }

    /// Revokes a token.
    @Command(
            name = "revoke",
            description = "Ends one at once, with the event streams it has open.",
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @Mixin private final ServerOptions server;
        @Mixin private final Owner owner = new Owner();

        @Parameters(index = "0", paramLabel = "ID", description = "As 'token get' shows it.")
        private String id = "";

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Revoke(Surroundings surroundings) {
            this.server = new ServerOptions(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            try (Session session = server.open()) {
                session.client().revokeToken(owner.of(session), id);
                spec.commandLine().getOut().println("token " + id + ": revoked");
            }
            return ExitCode.DONE.code();
        }
    }

    private static String end(@Nullable Instant expiresAt) {
        return expiresAt == null ? "never" : expiresAt.toString();
    }
}
