package dev.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `weirctl context`: the servers that the user has logged in to.
@Command(
        name = "context",
        description = "Lists, chooses and forgets the servers you have logged in to.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ContextCommand {
    private ContextCommand() {}

    static CommandLine line(Surroundings surroundings) {
        CommandLine line = new CommandLine(new ContextCommand());
        line.addSubcommand(new ListContexts(surroundings));
        line.addSubcommand(new Use(surroundings));
        line.addSubcommand(new Delete(surroundings));
        return line;
    }

    /// Lists contexts.
    @Command(name = "list", description = "Lists them.", mixinStandardHelpOptions = true)
    static final class ListContexts implements Callable<Integer> {
        private final Contexts contexts;

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private ListContexts(Surroundings surroundings) {
            this.contexts = new Contexts(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            Contexts.Content content = contexts.read();
            Table table = new Table("CURRENT", "NAME", "ADMIN", "CLUSTER");
            for (Context context : content.contexts()) {
                String cluster = context.cluster();
                table.row(
                        Objects.equals(context.name(), content.current()) ? "*" : "",
                        context.name(),
                        context.admin(),
                        cluster == null ? "" : cluster);
            }
            table.print(out);
            return ExitCode.DONE.code();
        }
    }

    /// Chooses a context.
    @Command(name = "use", description = "Chooses one.", mixinStandardHelpOptions = true)
    static final class Use implements Callable<Integer> {
        private final Contexts contexts;

        @Parameters(index = "0", paramLabel = "NAME", description = "Which.")
        private String name = "";

        private Use(Surroundings surroundings) {
            this.contexts = new Contexts(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            contexts.use(contexts.find(name));
            return ExitCode.DONE.code();
        }
    }

    /// Forgets a context.
    @Command(
            name = "delete",
            description = "Forgets one and its token.",
            mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {
        private final Contexts contexts;

        @Parameters(index = "0", paramLabel = "NAME", description = "Which.")
        private String name = "";

        private Delete(Surroundings surroundings) {
            this.contexts = new Contexts(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            contexts.delete(contexts.find(name));
            return ExitCode.DONE.code();
        }
    }
}
