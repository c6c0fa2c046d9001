package dev.weir.console.editing;

/// What is typed of one resource: the fields of its kind, and its labels as [LabelText] writes
/// them.
///
/// @param <F> what the fields of the kind hold
public record Typed<F>(F form, String labels) {

    Typed<F> withForm(F fields) {
        return new Typed<>(fields, labels);
    }

    Typed<F> withLabels(String text) {
        return new Typed<>(form, text);
    }
}
