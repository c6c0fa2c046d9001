package dev.weir.model;

import java.util.Map;

/// A resource as the store holds it: what the operator declared and what the server added.
public record Resource<S extends Spec>(
        String name, String description, Map<String, String> labels, S spec, Metadata metadata) {

    public Resource {
        labels = Map.copyOf(labels);
    }

    public static <S extends Spec> Resource<S> of(Draft<S> draft, Metadata metadata) {
        return new Resource<>(
                draft.name(), draft.description(), draft.labels(), draft.spec(), metadata);
    }

    public Kind kind() {
        return spec.kind();
    }

    /// The part that the operator wrote.
    public Draft<S> draft() {
        return new Draft<>(name, description, labels, spec);
    }
}
