package dev.weir.console.session;

import dev.weir.model.Reference;

import org.jspecify.annotations.Nullable;

/// One field before and after an edit.
///
/// @param path such as `spec.rules[0].action.forward[1].weight`; empty for the whole resource
/// @param before the value in text, or null where the field is new
/// @param after the value in text, or null where the field is gone
public record FieldChange(
        Reference resource, String path, @Nullable String before, @Nullable String after) {}
