package dev.weir.cli;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/// A server that the user has logged in to.
///
/// @param ca path of the PEM file to trust, or null for the platform's authorities
/// @param tokenFile path of the file that holds the token, or null
/// @param cluster the one that is meant where a command names none, or null
record Context(
        String name,
        URI admin,
        @Nullable String ca,
        @Nullable String tokenFile,
        @Nullable String cluster) {}
