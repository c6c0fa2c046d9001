package dev.weir.cli;

import dev.weir.model.Secret;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.Console;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// `weirctl`: what the console can do, in a terminal.
@Command(
        name = "weirctl",
        description = "Operates Weir through its admin API.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Client.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The server is taken from --admin, then WEIR_ADMIN, then the context that 'login' made,"
                    + " then the lab of this machine.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 conflict, 5 refused,"
                    + " 6 unreachable."
        })
public final class WeirControl {
    private WeirControl() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        Surroundings surroundings =
                new Surroundings(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        System.in,
                        WeirControl::ask,
                        Clock.systemUTC(),
                        Thread::sleep);
        System.exit(commandLine(surroundings).execute(arguments));
    }

    private static Optional<Secret> ask(String words) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s", words))
                .map(typed -> new Secret(new String(typed)));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new WeirControl());
        line.addSubcommand(new GetCommand(surroundings));
        line.addSubcommand(new DescribeCommand(surroundings));
        line.addSubcommand(new ApplyCommand(surroundings));
        line.addSubcommand(new DiffCommand(surroundings));
        line.addSubcommand(new EditCommand(surroundings));
        line.addSubcommand(new DeleteCommand(surroundings));
        line.addSubcommand(new ExportCommand(surroundings));
        line.addSubcommand(new RevisionsCommand(surroundings));
        line.addSubcommand(new RollbackCommand(surroundings));
        line.addSubcommand(new RolloutCommand(surroundings));
        line.addSubcommand(TargetCommand.line(surroundings));
        line.addSubcommand(new WatchCommand(surroundings));
        line.addSubcommand(new StatsCommand(surroundings));
        line.addSubcommand(new DiagnoseCommand(surroundings));
        line.addSubcommand(new DiagnosesCommand(surroundings));
        line.addSubcommand(ProfileCommand.line(surroundings));
        for (Catalog catalog : Catalog.values()) {
            line.addSubcommand(CatalogCommand.line(surroundings, catalog));
        }
        line.addSubcommand(UserCommand.line(surroundings));
        line.addSubcommand(TokenCommand.line(surroundings));
        line.addSubcommand(LabCommand.line(surroundings));
        line.addSubcommand(new LoginCommand(surroundings));
        line.addSubcommand(ContextCommand.line(surroundings));
        line.addSubcommand(new CompletionCommand());
        line.addSubcommand(new VersionCommand(surroundings));
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(new Misuse());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        return line;
    }
}
