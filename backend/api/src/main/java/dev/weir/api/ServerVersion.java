package dev.weir.api;

/// Which program answers.
///
/// @param version of the program
/// @param user who is asking
/// @param role what the user may do
public record ServerVersion(String version, String user, Role role) {}
