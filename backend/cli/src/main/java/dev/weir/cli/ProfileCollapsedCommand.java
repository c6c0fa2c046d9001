package dev.weir.cli;

import dev.weir.profile.CollapsedWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `weirctl profile collapsed`.
@Command(
        name = "collapsed",
        description = "Prints one line for each stack, as flamegraph.pl and speedscope read them.",
        mixinStandardHelpOptions = true)
final class ProfileCollapsedCommand implements Callable<Integer> {
    @Mixin private final ProfileSource source;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    ProfileCollapsedCommand(Surroundings surroundings) {
        this.source = new ProfileSource(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        CollapsedWriter.write(source.read(), 0, out);
        out.flush();
        return ExitCode.DONE.code();
    }
}
