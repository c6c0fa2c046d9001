package dev.weir.bundle;

import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

import java.util.Map;

/// The bundle's command line: `weir lab`, `weir serve`, …
@Command(
        name = "weir",
        description = "Regulates HTTP traffic and measures it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "  test     Builds everything and runs all tests (mvn verify); done by the launcher.",
            "",
            "Begin with 'weir lab'; then try 'weirctl get virtual-servers'."
        })
public final class Weir {
    private Weir() {}

    /// Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage.
    @SuppressWarnings("SystemExitOutsideMain") // this is main
    public static void main(String[] arguments) {
        Logs.keepOpenToTheEnd();
        int exitCode = ExitCode.SOFTWARE;
        try {
            Logs.toConsole(LogLevel.INFO);
            exitCode = commandLine(System.getenv()).execute(arguments);
        } catch (Error broken) {
            // threads of what was started would keep the process, so main cannot just end
            LoggerFactory.getLogger(Weir.class).error("the process is broken", broken);
            System.err.println("weir: is broken: " + broken);
        }
        System.exit(exitCode);
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new Weir());
        line.addSubcommand(
                "lab",
                SettingFlags.addTo(new CommandLine(new LabCommand(environment)), Setting.Role.LAB));
        line.addSubcommand(
                "serve",
                SettingFlags.addTo(
                        new CommandLine(new ServeCommand(environment)), Setting.Role.SERVE));
        line.addSubcommand(
                "agent",
                SettingFlags.addTo(
                        new CommandLine(new AgentCommand(environment)), Setting.Role.AGENT));
        line.addSubcommand(
                "console",
                new CommandLine(new ConsoleCommand()).setUnmatchedOptionsArePositionalParams(true));
        line.addSubcommand("version", new CommandLine(new VersionCommand()));
        line.setExecutionExceptionHandler(new Failures());
        line.setUsageHelpAutoWidth(true);
        return line;
    }
}
