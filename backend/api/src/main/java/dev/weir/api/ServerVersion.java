package dev.weir.api;

import java.util.Map;

/// Which program answers.
///
/// @param version of the program
/// @param user who is asking
/// @param role the most that the user may do anywhere
/// @param roles by cluster, as in [User]
public record ServerVersion(String version, String user, Role role, Map<String, Role> roles) {}
