package dev.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `weirctl profile`: the group of commands that read profiles.
@Command(
        name = "profile",
        description = "Reads profiles: files, or artifacts of diagnoses.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ProfileCommand {
    private ProfileCommand() {}

    static CommandLine line(Surroundings surroundings) {
        CommandLine line = new CommandLine(new ProfileCommand());
        line.addSubcommand(new ProfileTopCommand(surroundings));
        line.addSubcommand(new ProfileCollapsedCommand(surroundings));
        line.addSubcommand(new ProfileFetchCommand(surroundings));
        return line;
    }
}
