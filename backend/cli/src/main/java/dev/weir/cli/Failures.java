package dev.weir.cli;

import dev.weir.api.ApiException;
import dev.weir.model.InvalidException;
import dev.weir.model.Problem;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Turns what ends a command into lines for the user and an exit code.
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("weirctl: " + headline(failure));
        for (Problem problem : problems(failure)) {
            err.println("  " + (problem.path() + " " + problem.message()).strip());
        }
        err.flush();
        return ExitCode.of(failure).code();
    }

    private static String headline(Exception failure) {
        return switch (failure) {
            case ApiException refused -> refused.details().detail();
            case InvalidException _ -> "the document is not valid";
            case UnknownHostException unknown ->
                    "server: its host is not known (%s); check the address"
                            .formatted(unknown.getMessage());
            case ConnectException refused ->
                    "server: cannot be reached (%s); does it run, and is the address right?"
                            .formatted(words(refused));
            case SSLHandshakeException _, SSLPeerUnverifiedException _ ->
                    "server: its certificate is from no authority that is trusted here, or for"
                            + " another host; name the right authority with --ca";
            case NoSuchFileException absent -> "file " + absent.getFile() + ": does not exist";
            case AccessDeniedException denied -> "file " + denied.getFile() + ": may not be read";
            case FileSystemException other -> "file " + other.getFile() + ": " + other.getReason();
            case IOException unreachable -> words(unreachable);
            case Exception other -> words(other);
        };
    }

    private static List<Problem> problems(Exception failure) {
        return switch (failure) {
            case ApiException refused -> refused.errors();
            case InvalidException invalid -> invalid.problems();
            case RefusedTextException text -> text.problems();
            case Exception _ -> List.of();
        };
    }

    private static String words(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
