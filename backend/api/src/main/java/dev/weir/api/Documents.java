package dev.weir.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.weir.model.InvalidException;
import dev.weir.model.Problem;

import org.yaml.snakeyaml.LoaderOptions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Between trees and text, JSON or YAML, within bounds. Any thread.
public final class Documents {
    /// The bounds of every door that has no reason for others: 4 MiB, 64 levels.
    public static final Documents STANDARD = new Documents(4 * 1024 * 1024, 64);

    private static final ObjectMapper JSON_OUT = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON_OUT.writerWithDefaultPrettyPrinter();
    private static final YAMLMapper YAML_OUT =
            YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .build();
    private static final int MAX_NAME = 1000;

    private final int maxBytes;
    private final JsonFactory json;
    private final YAMLFactory yaml;

    /// Documents within these bounds.
    ///
    /// @param maxBytes of one text
    /// @param maxDepth of nested objects and lists
    public Documents(int maxBytes, int maxDepth) {
        this.maxBytes = maxBytes;
        StreamReadConstraints constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(maxBytes)
                        .maxNameLength(MAX_NAME)
                        .maxDocumentLength(maxBytes)
                        .build();
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(maxDepth);
        options.setCodePointLimit(maxBytes);
        json = JsonFactory.builder().streamReadConstraints(constraints).build();
        yaml =
                YAMLFactory.builder()
                        .streamReadConstraints(constraints)
                        .loaderOptions(options)
                        .build();
    }

    /// Reads one JSON document.
    ///
    /// @throws InvalidException where the text is no JSON, too large or too deep, or a key comes
    ///   twice
    public JsonNode json(byte[] text) throws InvalidException {
        List<JsonNode> documents = read(text, json);
        if (documents.size() != 1) {
            throw refused("must hold one JSON document, holds " + documents.size());
        }
        return documents.getFirst();
    }

    /// Reads a JSON document of unknown size; takes at most the bound from the stream.
    public JsonNode json(InputStream text) throws InvalidException, IOException {
        return json(bounded(text));
    }

    /// Reads the documents of a YAML text, which may also be JSON; empty ones are left out.
    public List<JsonNode> yaml(byte[] text) throws InvalidException {
        List<JsonNode> documents = read(text, yaml);
        documents.removeIf(JsonNode::isNull);
        return documents;
    }

    /// Everything of the stream, or a refusal where it is longer than the bound.
    public byte[] bounded(InputStream text) throws InvalidException, IOException {
        byte[] bytes = text.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw refused("must be at most " + maxBytes + " bytes");
        }
        return bytes;
    }

    public static byte[] toJson(JsonNode node) {
        try {
            return JSON_OUT.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static String toPrettyJson(JsonNode node) {
        try {
            return PRETTY.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// One YAML document without markers.
    public static String toYaml(JsonNode node) {
        try {
            return YAML_OUT.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Several YAML documents, each after `---`.
    public static String toYaml(List<JsonNode> documents) {
        StringBuilder text = new StringBuilder();
        for (JsonNode document : documents) {
            text.append("---\n").append(toYaml(document));
        }
        return text.toString();
    }

    private List<JsonNode> read(byte[] text, JsonFactory factory) throws InvalidException {
        if (text.length > maxBytes) {
            throw refused("must be at most " + maxBytes + " bytes");
        }
        TreeReader reader = new TreeReader();
        List<JsonNode> documents = new ArrayList<>();
        try (JsonParser parser = factory.createParser(new ByteArrayInputStream(text))) {
            while (parser.nextToken() != null) {
                documents.add(reader.read(parser, ""));
            }
        } catch (JsonProcessingException malformed) {
            throw refused(describe(malformed));
        } catch (IOException malformed) {
            throw refused("must be UTF-8 text: " + firstLine(malformed.getMessage()));
        } catch (RuntimeException malformed) {
            // snakeyaml's scanner lets some of its own exceptions through on hostile text
            throw refused("cannot be read: " + firstLine(malformed.getMessage()));
        }
        if (!reader.problems().isEmpty()) {
            throw new InvalidException("document", reader.problems());
        }
        return documents;
    }

    private static String describe(JsonProcessingException malformed) {
        String where =
                malformed.getLocation() == null || malformed.getLocation().getLineNr() < 0
                        ? ""
                        : "line %d, column %d: "
                                .formatted(
                                        malformed.getLocation().getLineNr(),
                                        malformed.getLocation().getColumnNr());
        return where + firstLine(malformed.getOriginalMessage());
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String message) {
        String line =
                message == null ? "malformed" : message.lines().findFirst().orElse("malformed");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private static InvalidException refused(String message) {
        return new InvalidException("document", List.of(new Problem("", message)));
    }
}
