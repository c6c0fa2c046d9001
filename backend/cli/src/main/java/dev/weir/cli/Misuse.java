package dev.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// Turns a command line that makes no sense into one line, the nearest known word, and where to
/// read on; the whole help only where a command was left out.
final class Misuse implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("weirctl: " + misuse.getMessage());
        boolean isGroup = !(command.getCommandSpec().userObject() instanceof Callable<?>);
        if (isGroup && !(misuse instanceof UnmatchedArgumentException)) {
            command.usage(err);
        } else {
            var _ = UnmatchedArgumentException.printSuggestions(misuse, err);
            err.println(
                    "'%s --help' says what it takes"
                            .formatted(command.getCommandSpec().qualifiedName()));
        }
        err.flush();
        return ExitCode.USAGE.code();
    }
}
