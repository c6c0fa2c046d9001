package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Names;
import dev.weir.model.Problem;
import dev.weir.model.Resource;
import dev.weir.model.Spec;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads documents of resources, whose `spec` has the form of their `kind`.
record ResourceReader(RecordReader reader) {
    private static final List<String> KEYS =
            List.of("kind", "name", "description", "labels", "spec", "metadata", "status");

    @Nullable ResourceView view(JsonNode node, String path) {
        Resource<?> resource = resource(node, path);
        if (resource == null) {
            return null;
        }
        Object status =
                reader.read(
                        node.get("status"),
                        ResourceStatus.class,
                        RecordReader.under(path, "status"));
        return new ResourceView(resource, (ResourceStatus) status);
    }

    @Nullable Resource<?> resource(JsonNode node, String path) {
        Draft<?> draft = parts(node, path);
        String at = RecordReader.under(path, "metadata");
        Metadata metadata =
                draft == null
                        ? null
                        : (Metadata) reader.read(node.get("metadata"), Metadata.class, at);
        if (draft == null || metadata == null) {
            if (draft != null && !reader.isSuspect(at)) {
                reader.fault(at, "is required");
            }
            return null;
        }
        return Resource.of(draft, metadata);
    }

    /// What the operator wrote, judged by itself as well; null where it cannot be read.
    @Nullable Draft<?> draft(JsonNode node) {
        Draft<?> draft = parts(node, "");
        if (draft != null) {
            for (Problem problem : draft.problems()) {
                if (!reader.isSuspect(problem.path())) {
                    reader.problems().add(problem);
                }
            }
        }
        return draft;
    }

    private @Nullable Draft<?> parts(JsonNode node, String path) {
        if (!reader.isObject(node, path)) {
            return null;
        }
        reader.refuseUnknown(node, KEYS, path);
        Kind kind = kind(node.get("kind"), RecordReader.under(path, "kind"));
        Object name = reader.read(node.get("name"), String.class, RecordReader.under(path, "name"));
        Object description =
                reader.read(
                        node.get("description"),
                        String.class,
                        RecordReader.under(path, "description"));
        Map<String, String> labels = labels(node.get("labels"), RecordReader.under(path, "labels"));
        String at = RecordReader.under(path, "name");
        if (name == null && !reader.isSuspect(at)) {
            reader.fault(at, "is required");
        }
        Spec spec = kind == null ? null : spec(node.get("spec"), kind, path);
        if (spec == null) {
            return null;
        }
        return new Draft<>(
                name == null ? "" : name.toString(),
                description == null ? "" : description.toString(),
                labels,
                spec);
    }

    private @Nullable Spec spec(@Nullable JsonNode node, Kind kind, String path) {
        String at = RecordReader.under(path, "spec");
        if (node == null || node.isNull()) {
            reader.fault(at, "is required");
            return null;
        }
        return (Spec) reader.read(node, RecordReader.specOf(kind), at);
    }

    private Map<String, String> labels(@Nullable JsonNode node, String path) {
        Map<String, String> labels = new HashMap<>();
        if (node != null && !node.isNull() && reader.isObject(node, path)) {
            node.properties()
                    .forEach(entry -> {
                        String at = RecordReader.under(path, entry.getKey());
                        Object value = reader.read(entry.getValue(), String.class, at);
                        if (value != null) {
                            labels.put(entry.getKey(), value.toString());
                        } else if (!reader.isSuspect(at)) {
                            reader.fault(at, "must be a text, is null");
                        }
                    });
        }
        return labels;
    }

    private @Nullable Kind kind(@Nullable JsonNode node, String path) {
        Object word = reader.read(node, String.class, path);
        if (word == null) {
            if (!reader.isSuspect(path)) {
                reader.fault(path, "is required");
            }
            return null;
        }
        Kind kind = Kind.ofDocument(word.toString()).orElse(null);
        if (kind == null) {
            List<String> known = Arrays.stream(Kind.values()).map(Kind::document).toList();
            String near =
                    word.toString().length() > 80
                            ? ""
                            : Names.nearest(word.toString(), known)
                                    .map(name -> "; did you mean '" + name + "'?")
                                    .orElse("");
            reader.fault(
                    path,
                    "must be one of %s, is '%s'%s"
                            .formatted(
                                    String.join(", ", known),
                                    ScalarReader.abbreviated(word.toString()),
                                    near));
        }
        return kind;
    }
}
