package dev.weir.model;

import java.util.Map;

/// A resource as an operator writes it: a name and a spec, without what the server adds.
///
/// @param labels keys and values for selection, in the order of their keys
public record Draft<S extends Spec>(
        String name, String description, Map<String, String> labels, S spec) {
    private static final int MAX_LABELS = 64;
    private static final int MAX_TEXT = 1024;

    public Draft {
        description = description == null ? "" : description;
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    public static <S extends Spec> Draft<S> of(String name, S spec) {
        return new Draft<>(name, "", Map.of(), spec);
    }

    public Kind kind() {
        return spec.kind();
    }

    /// Every problem of the document by itself, paths from its top.
    public java.util.List<Problem> problems() {
        Problems problems =
                new Problems()
                        .under("", Names.problems("name", name))
                        .require(
                                description.length() <= MAX_TEXT,
                                "description",
                                "must be at most " + MAX_TEXT + " characters")
                        .require(
                                labels.size() <= MAX_LABELS,
                                "labels",
                                "must be at most " + MAX_LABELS);
        labels.forEach((key, value) ->
                problems.require(
                        !key.isEmpty() && key.length() <= 63 && value.length() <= 255,
                        "labels." + key,
                        "key must be 1 to 63 and value at most 255 characters"));
        return problems.under("spec", spec.problems()).list();
    }
}
