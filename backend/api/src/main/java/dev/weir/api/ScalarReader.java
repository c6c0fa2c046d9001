package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.Names;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads single values: texts, numbers, enums, durations and the like.
final class ScalarReader {
    private static final int QUOTED = 80;

    private ScalarReader() {}

    static @Nullable Object read(RecordReader reader, JsonNode node, Type type, String path) {
        if (type == JsonNode.class) {
            return node;
        }
        if (type == int.class || type == Integer.class) {
            if (node.isIntegralNumber() && node.canConvertToInt()) {
                return node.intValue();
            }
            reader.fault(path, "must be a whole number, is " + shape(node));
            return null;
        }
        if (type == long.class || type == Long.class) {
            if (node.isIntegralNumber() && node.canConvertToLong()) {
                return node.longValue();
            }
            reader.fault(path, "must be a whole number, is " + shape(node));
            return null;
        }
        if (type == boolean.class || type == Boolean.class) {
            if (node.isBoolean()) {
                return node.booleanValue();
            }
            reader.fault(path, "must be true or false, is " + shape(node));
            return null;
        }
        if (!node.isTextual()) {
            String advice = node.isNumber() || node.isBoolean() ? "; put it in quotes" : "";
            reader.fault(path, "must be a text, is " + shape(node) + advice);
            return null;
        }
        return text(reader, node.textValue(), type, path);
    }

    private static @Nullable Object text(RecordReader reader, String text, Type type, String path) {
        if (type == String.class) {
            return text;
        }
        if (type == Secret.class) {
            return new Secret(text);
        }
        Optional<?> value;
        String wanted;
        if (type == Duration.class) {
            value = Words.duration(text);
            wanted = "must be a duration such as 250ms, 5s, 2m or 1h";
        } else if (type == Instant.class) {
            value = instant(text);
            wanted = "must be a time such as 2026-11-23T08:00:00Z";
        } else if (type == UUID.class) {
            value = uuid(text);
            wanted = "must be a UUID";
        } else if (type == URI.class) {
            value = uri(text);
            wanted = "must be an address such as https://10.0.0.5:8443";
        } else {
            value = constant(text, type);
            wanted = "must be one of " + String.join(", ", words(type)) + nearest(text, type);
        }
        if (value.isEmpty()) {
            reader.fault(path, wanted + ", is '" + abbreviated(text) + "'");
        }
        return value.orElse(null);
    }

    /// What a node is, in words for an error message.
    static String shape(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case STRING -> "the text '" + abbreviated(node.textValue()) + "'";
            case NUMBER, BOOLEAN -> abbreviated(node.asText());
            case BINARY, MISSING, NULL -> "null";
        };
    }

    static String abbreviated(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException bad) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException bad) {
            return Optional.empty();
        }
    }

    private static Optional<?> constant(String text, Type type) {
        for (Object candidate : constants(type)) {
            if (Words.of((Enum<?>) candidate).equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static List<String> words(Type type) {
        return constants(type).stream().map(constant -> Words.of((Enum<?>) constant)).toList();
    }

    private static List<?> constants(Type type) {
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return List.of(plain.getEnumConstants());
        }
        throw new IllegalArgumentException(type + ": no JSON form");
    }

    private static String nearest(String text, Type type) {
        return text.length() > QUOTED
                ? ""
                : Names.nearest(text, words(type))
                        .map(near -> " (did you mean '" + near + "'?)")
                        .orElse("");
    }
}
