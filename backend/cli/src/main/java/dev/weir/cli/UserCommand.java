package dev.weir.cli;

import dev.weir.api.Codec;
import dev.weir.api.NewUser;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// `weirctl user`: who may do what.
@Command(
        name = "user",
        description = "Shows, creates, changes and deletes users.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class UserCommand {
    private UserCommand() {}

    static CommandLine line(Surroundings surroundings) {
        CommandLine line = new CommandLine(new UserCommand());
        line.addSubcommand(new Get(surroundings));
        line.addSubcommand(new Create(surroundings));
        line.addSubcommand(new SetRoles(surroundings));
        line.addSubcommand(new SetPassword(surroundings));
        line.addSubcommand(new Delete(surroundings));
        return line;
    }

    /// What each of the commands about one user has.
    abstract static class OfOne implements Callable<Integer> {
        @Mixin private final ServerOptions server;

        @Parameters(index = "0", paramLabel = "NAME", description = "The user.")
        private String name = "";

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private OfOne(Surroundings surroundings) {
            this.server = new ServerOptions(surroundings);
        }

        /// Answers what has happened to the user.
        abstract String carryOut(Session session, String name) throws Exception;

        @Override
        public Integer call() throws Exception {
            try (Session session = server.open()) {
                String done = carryOut(session, name);
                spec.commandLine().getOut().println("user " + name + ": " + done);
            }
            return ExitCode.DONE.code();
        }
    }

    /// Lists users.
    @Command(
            name = "get",
            aliases = "list",
            description = "Lists them, or shows one.",
            mixinStandardHelpOptions = true)
    static final class Get implements Callable<Integer> {
        @Mixin private final ServerOptions server;
        @Mixin private final OutputOptions output = new OutputOptions();

        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One of them.")
        private @Nullable String name;

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Get(Surroundings surroundings) {
            this.server = new ServerOptions(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            try (Session session = server.open()) {
                List<User> users =
                        name == null
                                ? session.client().users()
                                : List.of(session.client().user(name));
                Table table = new Table("NAME", "ROLES", "CREATED");
                for (User user : users) {
                    table.row(user.name(), RoleOption.text(user.roles()), user.createdAt());
                }
                if (name == null) {
                    output.print(
                            out,
                            table,
                            users.stream().map(Codec::write).toList(),
                            users.stream().map(User::name).toList());
                } else {
                    output.print(out, table, Codec.write(users.getFirst()), name);
                }
            }
            return ExitCode.DONE.code();
        }
    }

    /// Creates a user.
    @Command(
            name = "create",
            description = "Creates one; its password is asked for.",
            mixinStandardHelpOptions = true)
    static final class Create extends OfOne {
        @Mixin private final RoleOption roles = new RoleOption();
        @Mixin private final PasswordSource password;

        private Create(Surroundings surroundings) {
            super(surroundings);
            this.password = new PasswordSource(surroundings);
        }

        @Override
        String carryOut(Session session, String name) throws Exception {
            Map<String, Role> wanted = roles.get();
            Secret chosen = password.chosen("Password of " + name);
            User created = session.client().createUser(new NewUser(name, chosen, wanted));
            return "created as " + RoleOption.text(created.roles());
        }
    }

    /// Replaces the roles of a user.
    @Command(
            name = "set-roles",
            description = "Replaces all roles of one; open sessions have them at once.",
            mixinStandardHelpOptions = true)
    static final class SetRoles extends OfOne {
        @Mixin private final RoleOption roles = new RoleOption();

        private SetRoles(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        String carryOut(Session session, String name) throws Exception {
            return "is " + RoleOption.text(session.client().setRoles(name, roles.get()).roles());
        }
    }

    /// Changes a password.
    @Command(
            name = "set-password",
            description = "Changes the password of one and ends its sessions.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Your own current password is asked for first; with --password-stdin it is the"
                        + " first line, and the new one the second."
            })
    static final class SetPassword extends OfOne {
        @Mixin private final PasswordSource password;

        private SetPassword(Surroundings surroundings) {
            super(surroundings);
            this.password = new PasswordSource(surroundings);
        }

        @Override
        String carryOut(Session session, String name) throws Exception {
            boolean own = session.client().version().user().equals(name);
            Secret current = own ? password.known("Current password of " + name) : null;
            session.client()
                    .changePassword(name, current, password.chosen("New password of " + name));
            return "has another password; its sessions are over";
        }
    }

    /// Deletes a user.
    @Command(
            name = "delete",
            description = "Deletes one with its tokens.",
            mixinStandardHelpOptions = true)
    static final class Delete extends OfOne {
        private Delete(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        String carryOut(Session session, String name) throws Exception {
            session.client().deleteUser(name);
            return "deleted";
        }
    }
}
