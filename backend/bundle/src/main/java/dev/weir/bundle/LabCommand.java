package dev.weir.bundle;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.Map;
import java.util.concurrent.Callable;

/// `weir lab`.
@Command(
        name = "lab",
        description = "Starts everything on this machine, with a sample to play with.",
        mixinStandardHelpOptions = true)
final class LabCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    LabCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = SettingFlags.read(spec, Setting.Role.LAB, environment);
        spec.commandLine().getOut().println(settings);
        return ExitCode.OK;
    }
}
