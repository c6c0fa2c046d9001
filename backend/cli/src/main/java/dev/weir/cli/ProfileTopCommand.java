package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Codec;
import dev.weir.profile.CallTree;
import dev.weir.profile.SampleType;
import dev.weir.profile.TopTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/// `weirctl profile top`.
@Command(
        name = "top",
        description = "Lists the functions by cost, as 'go tool pprof -top' counts them.",
        mixinStandardHelpOptions = true,
        footer = {"", "The table rounds; -o json has the exact numbers in the profile's unit."})
final class ProfileTopCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    @Mixin private final ProfileSource source;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many; 20 where absent.")
    private int lines = 20;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    ProfileTopCommand(Surroundings surroundings) {
        this.source = new ProfileSource(surroundings);
    }

    @Override
    public Integer call() throws Exception {
        CallTree tree = source.read();
        TopTable top = TopTable.of(tree);
        Table table = new Table("FLAT", "FLAT%", "SUM%", "CUM", "CUM%", "FUNCTION");
        String unit = tree.sampleType().unit();
        long sum = 0;
        List<TopTable.Row> shown = top.rows().stream().limit(lines).toList();
        for (TopTable.Row row : shown) {
            sum += row.flat();
            table.row(
                    Amounts.of(row.flat(), unit),
                    percent(row.flat(), top.total()),
                    percent(sum, top.total()),
                    Amounts.of(row.cum(), unit),
                    percent(row.cum(), top.total()),
                    row.name());
        }
        if (output.isTable()) {
            spec.commandLine()
                    .getOut()
                    .println(
                            "%s, total %s"
                                    .formatted(
                                            tree.sampleType().name(),
                                            Amounts.of(top.total(), unit)));
        }
        output.print(
                spec.commandLine().getOut(),
                table,
                document(tree.sampleType(), top.total(), shown),
                tree.sampleType().name());
        return ExitCode.DONE.code();
    }

    private static JsonNode document(SampleType type, long total, List<TopTable.Row> rows) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("sampleType", type.name());
        parts.put("unit", type.unit());
        parts.put("total", total);
        parts.put("functions", rows);
        return Codec.write(parts);
    }

    private static String percent(long part, long total) {
        return total == 0 ? "0.00%" : String.format(Locale.ROOT, "%.2f%%", PERCENT * part / total);
    }
}
