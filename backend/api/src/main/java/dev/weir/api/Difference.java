package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

/// One place where two documents differ.
///
/// @param path as in `spec.targets[a].weight`; elements of lists of named things by their name
/// @param before absent where the value is new
/// @param after absent where the value is gone
public record Difference(String path, @Nullable JsonNode before, @Nullable JsonNode after) {}
