package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Codec;
import dev.weir.api.Documents;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How a command prints what it found.
final class OutputOptions {
    /// A form of output.
    enum Format {
        TABLE,
        JSON,
        YAML,
        NAME
    }

    /// The formats as they are typed.
    static final class Words extends ArrayList<String> implements ITypeConverter<Format> {
        private static final long serialVersionUID = 1;

        Words() {
            super(dev.weir.api.Words.all(Format.class));
        }

        @Override
        public Format convert(String word) {
            return dev.weir.api.Words.parse(Format.class, word.toLowerCase(Locale.ROOT))
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "must be one of "
                                            + String.join(", ", this)
                                            + ", is '"
                                            + word
                                            + "'"));
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = Words.class,
            completionCandidates = Words.class,
            description = "table, json, yaml or name; table where absent.")
    private Format format = Format.TABLE;

    Format format() {
        return format;
    }

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
