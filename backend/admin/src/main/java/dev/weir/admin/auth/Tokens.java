package dev.weir.admin.auth;

import dev.weir.admin.store.Database;
import dev.weir.api.ApiToken;
import dev.weir.api.Role;
import dev.weir.model.Secret;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tokens of users, stored as SHA-256 hashes: 32 random bytes need no slow hash. Any thread.
public final class Tokens {
    private static final String SESSION_NAME = "session";
    private static final Duration SESSION = Duration.ofHours(12);
    private static final int TOKEN_BYTES = 32;

    /// So much of a hash names a token, and helps nobody to guess it.
    private static final int ID_LENGTH = 16;

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random;

    Tokens(Database database, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /// A token that works for some hours.
    public Session issueSession(String user) {
        Instant end = clock.instant().plus(SESSION);
        return new Session(new Secret(issue(user, SESSION_NAME, SESSION).token()), end);
    }

    /// What a login yields.
    public record Session(Secret token, Instant expiresAt) {}

    /// A token for a program.
    ///
    /// @param name what it is for
    /// @param lifetime null for one that works until it is revoked
    public ApiToken.Issued issue(String user, String name, @Nullable Duration lifetime) {
        Secret token = Passwords.random(random, TOKEN_BYTES);
        Instant now = clock.instant();
        Instant end = lifetime == null ? null : now.plus(lifetime);
        String hash = hash(token);
        database.write(handle -> {
            handle.createUpdate("DELETE FROM token WHERE expires_at < ?")
                    .bind(0, now.toString())
                    .execute();
            return handle.createUpdate(
                            """
                            INSERT INTO token (hash, account, name, created_at, expires_at)
                            VALUES (?, ?, ?, ?, ?)\
                            """)
                    .bind(0, hash)
                    .bind(1, user)
                    .bind(2, name)
                    .bind(3, now.toString())
                    .bind(4, end == null ? null : end.toString())
                    .execute();
        });
        return new ApiToken.Issued(hash.substring(0, ID_LENGTH), token.reveal(), end);
    }

    /// Whose token this is, with the roles that its user has now.
    public Optional<Principal> owner(Secret token) {
        String now = clock.instant().toString();
        return database.read(handle -> {
            Map<String, Role> roles = new HashMap<>();
            return handle
                    .createQuery(
                            """
                            SELECT t.account, r.cluster, r.role FROM token t
                            LEFT JOIN account_role r ON r.account = t.account
                            WHERE t.hash = ? AND (t.expires_at IS NULL OR t.expires_at > ?)\
                            """)
                    .bind(0, hash(token))
                    .bind(1, now)
                    .map((row, context) -> {
                        if (row.getString(2) != null) {
                            roles.put(row.getString(2), Accounts.role(row.getString(3)));
                        }
                        return row.getString(1);
                    })
                    .list()
                    .stream()
                    .findFirst()
                    .map(account -> new Principal(account, roles));
        });
    }

    /// Those of a user that still work, the oldest first.
    public List<ApiToken> of(String user) {
        String now = clock.instant().toString();
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT hash, name, created_at, expires_at FROM token
                                WHERE account = ? AND (expires_at IS NULL OR expires_at > ?)
                                ORDER BY created_at, hash\
                                """)
                        .bind(0, user)
                        .bind(1, now)
                        .map((row, context) ->
                                new ApiToken(
                                        row.getString(1).substring(0, ID_LENGTH),
                                        row.getString(2),
                                        Instant.parse(row.getString(3)),
                                        row.getString(4) == null
                                                ? null
                                                : Instant.parse(row.getString(4))))
                        .list());
    }

    /// Ends a token at once; answers whether the user had it.
    public boolean revoke(String user, String id) {
        return database.write(handle ->
                handle.createUpdate(
                                        "DELETE FROM token WHERE account = ? AND SUBSTR(hash, 1, ?) = ?")
                                .bind(0, user)
                                .bind(1, ID_LENGTH)
                                .bind(2, id)
                                .execute()
                        > 0);
    }

    static void endSessions(Handle handle, String user) {
        handle.createUpdate("DELETE FROM token WHERE account = ? AND name = ?")
                .bind(0, user)
                .bind(1, SESSION_NAME)
                .execute();
    }

    private static String hash(Secret token) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
