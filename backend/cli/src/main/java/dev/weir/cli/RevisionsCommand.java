package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.ApplyResult;
import dev.weir.api.Codec;
import dev.weir.api.PageQuery;
import dev.weir.api.RevisionSummary;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `weirctl revisions`.
@Command(
        name = "revisions",
        description = "Lists revisions, the newest first, or shows what one changed.",
        mixinStandardHelpOptions = true)
final class RevisionsCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NUMBER", description = "One of them.")
    private @Nullable Long number;

    @Option(
            names = "--against",
            paramLabel = "NUMBER",
            description = "Compare with this one instead of the one before.")
    private long against;

    @Option(names = "--limit", paramLabel = "N", description = "How many; 20 where absent.")
    private int limit = 20;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    RevisionsCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = server.open()) {
            String cluster = session.cluster();
            if (number != null) {
                show(out, session.client().revisionDiff(cluster, number, against));
            } else {
                list(
                        out,
                        session.client()
                                .revisions(cluster, new PageQuery(limit, null, ""))
                                .items());
            }
        }
        return ExitCode.DONE.code();
    }

    private void show(PrintWriter out, ApplyResult result) {
        if (output.isTable()) {
            Changes.printDifferences(out, result);
        } else {
            output.print(out, new Table(), Codec.write(result), String.valueOf(number));
        }
    }

    private void list(PrintWriter out, List<RevisionSummary> revisions) {
        Table table = new Table("REVISION", "TIME", "AUTHOR", "CHANGES", "COMMENT");
        for (RevisionSummary revision : revisions) {
            table.row(
                    revision.number(),
                    revision.time().truncatedTo(ChronoUnit.SECONDS),
                    revision.author(),
                    revision.changes().stream()
                                    .map(change -> change.kind().words() + " " + change.name())
                                    .limit(3)
                                    .collect(Collectors.joining(", "))
                            + (revision.changes().size() > 3 ? ", …" : ""),
                    revision.comment());
        }
        output.print(
                out,
                table,
                revisions.stream().<JsonNode>map(Codec::write).toList(),
                revisions.stream().map(revision -> Long.toString(revision.number())).toList());
    }
}
