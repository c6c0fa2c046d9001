package dev.weir.cli;

import dev.weir.api.Words;
import dev.weir.model.Target;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl target drain`, `enable`, `offline`: one object for each state.
@Command(mixinStandardHelpOptions = true)
final class TargetCommand implements Callable<Integer> {
    private final Target.AdminState state;
    @Mixin private final ServerOptions server;

    @Parameters(index = "0", paramLabel = "GROUP", description = "The target group.")
    private String group = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "The target.")
    private String target = "";

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    private TargetCommand(Surroundings surroundings, Target.AdminState state) {
        this.state = state;
        this.server = new ServerOptions(surroundings);
    }

    /// The group of the three.
    @Command(
            name = "target",
            description = "Puts a target online, drains it, or takes it offline.",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND")
    private static final class Group {}

    static CommandLine line(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Group());
        for (Target.AdminState state : Target.AdminState.values()) {
            CommandLine command = new CommandLine(new TargetCommand(surroundings, state));
            switch (state) {
                case ENABLED -> {
                    command.getCommandSpec().usageMessage().description("Lets it take requests.");
                    line.addSubcommand("enable", command, "online");
                }
                case DRAIN -> {
                    command.getCommandSpec()
                            .usageMessage()
                            .description("Gives it no new requests and lets it finish.");
                    line.addSubcommand("drain", command);
                }
                case OFFLINE -> {
                    command.getCommandSpec().usageMessage().description("Leaves it out at once.");
                    line.addSubcommand("offline", command);
                }
            }
        }
        return line;
    }

    @Override
    public Integer call() throws Exception {
        try (Session session = server.open()) {
            var _ = session.client().setTargetState(session.cluster(), group, target, state);
            spec.commandLine()
                    .getOut()
                    .println("target " + target + " of " + group + ": " + Words.of(state));
        }
        return ExitCode.DONE.code();
    }
}
