package dev.weir.api;

import dev.weir.model.Secret;

import java.util.Map;

/// A user to be created.
///
/// @param password 12 to 256 characters
/// @param roles as in [User]; at least one
public record NewUser(String name, Secret password, Map<String, Role> roles) {}
