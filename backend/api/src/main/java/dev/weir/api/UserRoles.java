package dev.weir.api;

import java.util.Map;

/// All that a user may do from now on.
///
/// @param roles as in [User]; at least one
public record UserRoles(Map<String, Role> roles) {}
