package dev.weir.bundle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;

/// Turns what ends a command into lines for the user and an exit code.
final class Failures implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (failure) {
            case InvalidSettingsException invalid -> {
                invalid.problems().forEach(problem -> err.println("weir: " + problem));
                yield ExitCode.USAGE;
            }
            case StartException start -> {
                err.println("weir: " + start.getMessage());
                yield ExitCode.SOFTWARE;
            }
            case InterruptedException _ -> ExitCode.SOFTWARE;
            case Exception other -> {
                LOG.error("{} failed", command.getCommandName(), other);
                err.println("weir: " + command.getCommandName() + " failed: " + shortly(other));
                yield ExitCode.SOFTWARE;
            }
        };
    }

    /// The innermost cause's own words, in one line.
    static String shortly(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
