package dev.weir.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import dev.weir.model.Problem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Builds trees and notes keys that come twice and YAML aliases, with their paths.
///
/// Confined to the thread that reads.
final class TreeReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Problem> problems = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    /// Reads the value that begins at the parser's current token. The parser bounds the depth.
    JsonNode read(JsonParser parser, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> text(parser, path);
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> {
                problems.add(new Problem(path, "must be a value"));
                yield NODES.nullNode();
            }
        };
    }

    private JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getDoubleValue());
        };
    }

    private JsonNode text(JsonParser parser, String path) throws IOException {
        if (parser instanceof YAMLParser yaml && isAlias(yaml)) {
            problems.add(
                    new Problem(path, "is a YAML alias, which is not read; write the value out"));
        }
        return NODES.textNode(parser.getText());
    }

    @SuppressWarnings("deprecation") // the parser offers no other way to tell an alias from a text
    private static boolean isAlias(YAMLParser parser) {
        return parser.isCurrentAlias();
    }

    private ArrayNode array(JsonParser parser, String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser, path + "[" + array.size() + "]"));
        }
        return array;
    }

    private ObjectNode object(JsonParser parser, String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String at = RecordReader.under(path, ScalarReader.abbreviated(key));
            parser.nextToken();
            JsonNode value = read(parser, at);
            if (object.has(key)) {
                problems.add(new Problem(at, "is given twice; keep one"));
            }
            object.set(key, value);
        }
        return object;
    }
}
