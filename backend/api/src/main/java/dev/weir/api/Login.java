package dev.weir.api;

import dev.weir.model.Secret;

import java.time.Instant;

/// A user's name and password, to be exchanged for a token.
public record Login(String user, Secret password) {

    /// The token to send as `Authorization: Bearer`.
    ///
    /// @param role the most that the user may do anywhere
    public record Answer(String token, String user, Role role, Instant expiresAt) {}
}
