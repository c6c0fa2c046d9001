package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Codec;
import dev.weir.api.PageQuery;
import dev.weir.model.Diagnosis;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// `weirctl diagnoses`.
@Command(
        name = "diagnoses",
        description = "Lists diagnoses, the newest first, or shows the steps of one.",
        mixinStandardHelpOptions = true)
final class DiagnosesCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "One of them.")
    private @Nullable String id;

    @Option(names = "--cancel", description = "Ask this one to stop.")
    private boolean cancel;

    @Option(names = "--limit", paramLabel = "N", description = "How many; 20 where absent.")
    private int limit = 20;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    DiagnosesCommand(Surroundings surroundings) {
        this.server = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = server.open()) {
            if (id != null) {
                show(
                        out,
                        cancel
                                ? session.client().cancelDiagnosis(id)
                                : session.client().diagnosis(id));
            } else if (cancel) {
                throw new UsageException("--cancel: needs the id of a diagnosis");
            } else {
                List<Diagnosis> diagnoses =
                        session.client().diagnoses(new PageQuery(limit, null, "")).items();
                output.print(
                        out,
                        DiagnosisTable.of(diagnoses),
                        diagnoses.stream().<JsonNode>map(Codec::write).toList(),
                        diagnoses.stream().map(Diagnosis::id).toList());
            }
        }
        return ExitCode.DONE.code();
    }

    private void show(PrintWriter out, Diagnosis diagnosis) {
        if (output.isTable()) {
            DiagnosisTable.of(List.of(diagnosis)).print(out);
            out.println();
            DiagnosisTable.steps(diagnosis).print(out);
        } else {
            output.print(out, new Table(), Codec.write(diagnosis), diagnosis.id());
        }
    }
}
