package dev.weir.api;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// A token of a user, without the secret itself.
///
/// @param id tells it from the user's other tokens; no secret
/// @param name what it is for; `session` for that of a login
/// @param expiresAt null where it works until it is revoked
public record ApiToken(String id, String name, Instant createdAt, @Nullable Instant expiresAt) {

    /// What is asked for.
    ///
    /// @param name what it is for, 1 to 100 characters
    /// @param lifetime at least 1 m; null for a token that works until it is revoked
    public record Wanted(String name, @Nullable Duration lifetime) {}

    /// A token with its secret, which is shown this one time and stored nowhere.
    ///
    /// @param token to be sent as `Authorization: Bearer`
    public record Issued(String id, String token, @Nullable Instant expiresAt) {}
}
