package dev.weir.bundle;

import dev.weir.api.ReadyFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;

/// `weir lab`.
@Command(
        name = "lab",
        description = "Starts everything on this machine, with a sample to play with.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "All of it listens on loopback alone. State is kept in the data directory and found again"
                    + " by the next start. While it runs, 'weirctl lab traffic off|gentle|heavy'"
                    + " turns its traffic up and off. Ctrl-C ends everything."
        })
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
        Lab lab = Lab.start(settings, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "weir-end"));
        PrintWriter out = spec.commandLine().getOut();
        new LabAnnouncement(lab.ready(), settings.data(), ReadyFile.ofLab())
                .lines()
                .forEach(out::println);
        out.flush();
        new TrafficKeys(lab.traffic(), System.console(), out).run();
        return ExitCode.OK;
    }
}
