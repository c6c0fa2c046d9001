package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.ApplyResult;
import dev.weir.api.Codec;
import dev.weir.api.Difference;
import dev.weir.api.Documents;
import dev.weir.api.ResourceChange;
import dev.weir.api.Words;
import dev.weir.model.Problem;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.List;

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
                            + Words.of(change.action())
                            + (result.dryRun() ? " (dry run)" : ""));
        }
        if (result.dryRun()) {
            out.println("dry run: nothing was written");
        } else if (isEmpty(result)) {
            out.println("nothing to change; revision " + result.revision() + " stays");
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
                            + Words.of(change.action())
                            + ")");
            for (Difference difference : change.differences()) {
                print(out, "  - ", difference.path(), difference.before());
                print(out, "  + ", difference.path(), difference.after());
            }
        }
        out.flush();
    }

    static boolean isEmpty(ApplyResult result) {
        return result.changes().stream()
                .allMatch(change -> change.action() == ResourceChange.Action.UNCHANGED);
    }

    /// Problems of a dry run, where a real one would have been refused.
    static int refused(PrintWriter err, List<Problem> problems) {
        if (problems.isEmpty()) {
            return ExitCode.DONE.code();
        }
        err.println("weirctl: would be refused");
        problems.forEach(
                problem -> err.println("  " + (problem.path() + " " + problem.message()).strip()));
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

    /// A value in one line; an object or a list as YAML below its path.
    private static void print(PrintWriter out, String mark, String path, @Nullable JsonNode value) {
        if (value == null) {
            return;
        }
        if (value.isValueNode() || value.isEmpty()) {
            out.println(
                    mark + path + ": " + (value.isValueNode() ? value.asText() : value.toString()));
            return;
        }
        String indent = path.isEmpty() ? "" : "  ";
        if (!path.isEmpty()) {
            out.println(mark + path + ":");
        }
        Documents.toYaml(value).lines().forEach(line -> out.println(mark + indent + line));
    }
}
