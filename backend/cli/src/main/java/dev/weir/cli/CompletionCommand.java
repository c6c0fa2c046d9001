package dev.weir.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `weirctl completion`.
@Command(
        name = "completion",
        description = "Prints completion for bash and zsh: source <(weirctl completion)",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("weirctl", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.code();
    }
}
