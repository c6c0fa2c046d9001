package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.ApplyResult;
import dev.weir.api.Codec;
import dev.weir.api.Difference;
import dev.weir.api.Documents;
import dev.weir.api.ResourceChange;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.Locale;

/// Prints what a write did, or would do.
final class Changes {
    private Changes() {}

    /// One line for each changed resource, then the revision.
    static void print(PrintWriter out, ApplyResult result) {
        for (ResourceChange change : result.changes()) {
            out.println(
                    change.kind().words()
                            + " "
                            + change.name()
                            + ": "
                            + change.action().name().toLowerCase(Locale.ROOT)
                            + (result.dryRun() ? " (dry run)" : ""));
        }
        if (result.dryRun()) {
            out.println("nothing was changed");
        } else {
            out.println("revision " + result.revision());
        }
        out.flush();
    }

    /// Each changed field with its old and new value.
    static void printDifferences(PrintWriter out, ApplyResult result) {
        for (ResourceChange change : result.changes()) {
            if (change.action() == ResourceChange.Action.UNCHANGED) {
                continue;
            }
            out.println(
                    change.kind().words()
                            + " "
                            + change.name()
                            + " ("
                            + change.action().name().toLowerCase(Locale.ROOT)
                            + ")");
            for (Difference difference : change.differences()) {
                if (difference.before() != null) {
                    out.println("  - " + difference.path() + ": " + text(difference.before()));
                }
                if (difference.after() != null) {
                    out.println("  + " + difference.path() + ": " + text(difference.after()));
                }
            }
        }
        out.flush();
    }

    static boolean isEmpty(ApplyResult result) {
        return result.changes().stream()
                .allMatch(change -> change.action() == ResourceChange.Action.UNCHANGED);
    }

    /// Problems of a dry run, where a real one would have been refused.
    static int refused(PrintWriter err, ApplyResult result) {
        if (result.problems().isEmpty()) {
            return ExitCode.DONE.code();
        }
        err.println("weirctl: would be refused");
        result.problems()
                .forEach(problem ->
                        err.println("  " + (problem.path() + " " + problem.message()).strip()));
        err.flush();
        return ExitCode.REFUSED.code();
    }

    static void print(PrintWriter out, OutputOptions output, ApplyResult result) {
        if (output.isTable()) {
            print(out, result);
        } else {
            output.print(out, new Table(), Codec.write(result), Long.toString(result.revision()));
        }
    }

    private static String text(@Nullable JsonNode node) {
        return node == null
                ? ""
                : node.isValueNode()
                        ? node.asText()
                        : new String(
                                Documents.toJson(node), java.nio.charset.StandardCharsets.UTF_8);
    }
}
