package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// `weirctl operation`, `operation-set` and `credential`: get, apply and delete for each.
@Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand {
    private CatalogCommand() {}

    static CommandLine line(Surroundings surroundings, Catalog catalog) {
        CommandLine line = new CommandLine(new CatalogCommand());
        line.setCommandName(catalog.word());
        line.getCommandSpec()
                .usageMessage()
                .description("Shows, stores and deletes " + catalog.description() + ".");
        line.addSubcommand(new Get(surroundings, catalog));
        line.addSubcommand(new Apply(surroundings, catalog));
        line.addSubcommand(new Delete(surroundings, catalog));
        return line;
    }

    /// Lists entries.
    @Command(
            name = "get",
            description = "Lists them, or shows one.",
            mixinStandardHelpOptions = true)
    static final class Get implements Callable<Integer> {
        private final Catalog catalog;
        @Mixin private final ServerOptions server;
        @Mixin private final OutputOptions output = new OutputOptions();

        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One of them.")
        private @Nullable String name;

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Get(Surroundings surroundings, Catalog catalog) {
            this.catalog = catalog;
            this.server = new ServerOptions(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            try (Session session = server.open()) {
                List<Catalog.Entry> entries =
                        name == null
                                ? catalog.list(session.client())
                                : List.of(catalog.find(session.client(), name));
                Table table = catalog.table();
                entries.forEach(entry -> table.row(entry.row().toArray()));
                if (name == null) {
                    output.print(
                            out,
                            table,
                            entries.stream().map(Catalog.Entry::document).toList(),
                            entries.stream().map(Catalog.Entry::name).toList());
                } else {
                    output.print(out, table, entries.getFirst().document(), name);
                }
            }
            return ExitCode.DONE.code();
        }
    }

    /// Stores entries.
    @Command(
            name = "apply",
            description = "Stores every document of a YAML file.",
            mixinStandardHelpOptions = true)
    static final class Apply implements Callable<Integer> {
        private final Catalog catalog;
        @Mixin private final ServerOptions server;
        @Mixin private final SourceOption file;

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Apply(Surroundings surroundings, Catalog catalog) {
            this.catalog = catalog;
            this.server = new ServerOptions(surroundings);
            this.file = new SourceOption(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            SourceText source = file.read();
            if (source.documents().isEmpty()) {
                throw new UsageException(source.called() + ": holds no document");
            }
            try (Session session = server.open()) {
                for (JsonNode document : source.documents()) {
                    String name = catalog.put(session.client(), document);
                    spec.commandLine().getOut().println(catalog.word() + " " + name + ": stored");
                }
            }
            return ExitCode.DONE.code();
        }
    }

    /// Deletes an entry.
    @Command(name = "delete", description = "Deletes one.", mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {
        private final Catalog catalog;
        @Mixin private final ServerOptions server;

        @Parameters(index = "0", paramLabel = "NAME", description = "Which.")
        private String name = "";

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Delete(Surroundings surroundings, Catalog catalog) {
            this.catalog = catalog;
            this.server = new ServerOptions(surroundings);
        }

        @Override
        public Integer call() throws Exception {
            try (Session session = server.open()) {
                var _ = catalog.find(session.client(), name);
                catalog.delete(session.client(), name);
                spec.commandLine().getOut().println(catalog.word() + " " + name + ": deleted");
            }
            return ExitCode.DONE.code();
        }
    }
}
