package dev.weir.api;

import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

/// Another password for a user.
///
/// @param current what it is now; null where an admin gives another user a password
/// @param password 12 to 256 characters
public record PasswordChange(@Nullable Secret current, Secret password) {}
