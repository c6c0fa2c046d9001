package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Codec;
import dev.weir.api.Documents;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;

/// How a command prints what it found.
final class OutputOptions {
    /// A form of output.
    enum Format {
        TABLE,
        JSON,
        YAML,
        NAME
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, json, yaml or name; table where absent.")
    private Format format = Format.TABLE;

    boolean isTable() {
        return format == Format.TABLE;
    }

    /// Prints several things.
    ///
    /// @param names as many as documents
    void print(PrintWriter out, Table table, List<JsonNode> documents, List<String> names) {
        switch (format) {
            case TABLE -> table.print(out);
            case JSON -> out.println(Documents.toPrettyJson(Codec.write(documents)));
            case YAML -> out.print(Documents.toYaml(documents));
            case NAME -> names.forEach(out::println);
        }
        out.flush();
    }

    /// Prints one thing.
    void print(PrintWriter out, Table table, JsonNode document, String name) {
        switch (format) {
            case TABLE -> table.print(out);
            case JSON -> out.println(Documents.toPrettyJson(document));
            case YAML -> out.print(Documents.toYaml(document));
            case NAME -> out.println(name);
        }
        out.flush();
    }
}
