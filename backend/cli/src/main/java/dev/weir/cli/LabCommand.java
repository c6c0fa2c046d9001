package dev.weir.cli;

import dev.weir.api.Codec;
import dev.weir.api.Connection;
import dev.weir.api.LabClient;
import dev.weir.api.LabTraffic;
import dev.weir.api.ReadyFile;
import dev.weir.api.TrafficLevel;
import dev.weir.api.Words;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;

/// `weirctl lab`: what only a lab can do.
@Command(
        name = "lab",
        description = "Steers the lab that runs on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class LabCommand {
    private LabCommand() {}

    static CommandLine line(Surroundings surroundings) {
        CommandLine line = new CommandLine(new LabCommand());
        line.addSubcommand(new Traffic(surroundings));
        return line;
    }

    /// `weirctl lab traffic`.
    @Command(
            name = "traffic",
            description = "Turns the lab's own traffic up and off, or shows what it does.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "gentle is some ten requests per second, heavy as many as 64 users ask for."
            })
    static final class Traffic implements Callable<Integer> {
        private final Surroundings surroundings;
        @Mixin private final OutputOptions output = new OutputOptions();

        @Option(
                names = "--lab",
                paramLabel = "FILE",
                description = "Ready file of the lab (WEIR_LAB); that of this user where absent.")
        private @Nullable Path lab;

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "off|gentle|heavy",
                completionCandidates = Levels.class,
                description = "The level from now on.")
        private @Nullable String level;

        @SuppressWarnings("NullAway.Init") // set by picocli
        @Spec
        private CommandSpec spec;

        private Traffic(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() throws Exception {
            TrafficLevel wanted =
                    level == null ? null : Choice.of(TrafficLevel.class, "level of traffic", level);
            LabClient client = new LabClient(connection());
            LabTraffic now = wanted == null ? client.traffic() : client.traffic(wanted);
            output.print(
                    spec.commandLine().getOut(),
                    new Table("TRAFFIC", "ANSWERED", "FAILED")
                            .row(Words.of(now.level()), now.answered(), now.failed()),
                    Codec.write(now),
                    Words.of(now.level()));
            return ExitCode.DONE.code();
        }

        private Connection connection() throws Exception {
            String variable = surroundings.variable("WEIR_LAB");
            Path file = lab != null ? lab : variable != null ? Path.of(variable) : null;
            Path readyFile = file == null ? surroundings.labReadyFile() : file;
            ReadyFile ready =
                    ReadyFile.read(readyFile)
                            .orElseThrow(() ->
                                    new UsageException(
                                            "no lab runs (%s does not exist); start './weir lab'"
                                                    .formatted(readyFile)));
            URI control = ready.control();
            if (control == null) {
                throw new FailedException(
                        "the lab of " + readyFile + ": has no such door; start it again");
            }
            return Connection.of(
                    control,
                    Files.readString(Path.of(ready.ca())),
                    new Secret(Files.readString(Path.of(ready.tokenFile())).strip()),
                    ServerOptions.USER_AGENT);
        }
    }

    /// The levels, for completion.
    static final class Levels extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Levels() {
            super(Words.all(TrafficLevel.class));
        }
    }
}
