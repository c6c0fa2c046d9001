package dev.weir.admin.auth;

import dev.weir.admin.store.Database;
import dev.weir.api.Role;
import dev.weir.api.Words;
import dev.weir.model.Names;
import dev.weir.model.Problem;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Users, their passwords as Argon2id hashes, and their tokens as SHA-256 hashes. Any thread.
public final class Accounts {
    /// The user of the first start.
    public static final String FIRST_USER = "admin";

    private static final Duration SESSION = Duration.ofHours(12);
    private static final int TOKEN_BYTES = 32;
    private static final int PASSWORD_BYTES = 18;

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Passwords passwords;
    private final String hashOfNobody;

    /// The users of this database.
    public Accounts(Database database, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.passwords = new Passwords(random);
        this.hashOfNobody = passwords.hash(random(PASSWORD_BYTES));
    }

    /// Makes the first user where there is none, and returns its password this one time.
    public Optional<Secret> bootstrap() {
        boolean empty =
                database.read(handle ->
                        handle.createQuery("SELECT COUNT(*) FROM account")
                                        .mapTo(Integer.class)
                                        .one()
                                == 0);
        if (!empty) {
            return Optional.empty();
        }
        Secret password = random(PASSWORD_BYTES);
        put(FIRST_USER, Role.ADMIN, password);
        return Optional.of(password);
    }

    /// Creates a user, or gives one another role and password.
    ///
    /// @throws IllegalArgumentException where the name is not a DNS label
    public void put(String name, Role role, Secret password) {
        List<Problem> problems = Names.problems("name", name);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "user " + name + ": " + problems.getFirst().message());
        }
        String hash = passwords.hash(password);
        database.write(handle ->
                handle.createUpdate(
                                """
                                INSERT INTO account (name, role, password_hash, created_at)
                                VALUES (?, ?, ?, ?) ON CONFLICT (name)
                                DO UPDATE SET role = excluded.role,
                                    password_hash = excluded.password_hash\
                                """)
                        .bind(0, name)
                        .bind(1, Words.of(role))
                        .bind(2, hash)
                        .bind(3, clock.instant().toString())
                        .execute());
    }

    /// The user of this name and password; takes as long where there is no such user.
    public Optional<Principal> authenticate(String name, Secret password) {
        Optional<Stored> stored =
                database.read(handle ->
                        handle.createQuery("SELECT role, password_hash FROM account WHERE name = ?")
                                .bind(0, name)
                                .map((row, context) ->
                                        new Stored(role(row.getString(1)), row.getString(2)))
                                .findOne());
        boolean matches =
                passwords.matches(password, stored.map(Stored::hash).orElse(hashOfNobody));
        return stored.filter(found -> matches).map(found -> new Principal(name, found.role()));
    }

    /// A token that works for some hours.
    public Issued issueSession(String user) {
        Instant end = clock.instant().plus(SESSION);
        return new Issued(issue(user, "session", end), end);
    }

    /// A token that works until it is taken back.
    ///
    /// @param name what it is for
    public Secret issueToken(String user, String name) {
        return issue(user, name, null);
    }

    private Secret issue(String user, String name, @Nullable Instant end) {
        Secret token = random(TOKEN_BYTES);
        String now = clock.instant().toString();
        database.write(handle -> {
            handle.createUpdate("DELETE FROM token WHERE expires_at < ?").bind(0, now).execute();
            return handle.createUpdate(
                            """
                            INSERT INTO token (hash, account, name, created_at, expires_at)
                            VALUES (?, ?, ?, ?, ?)\
                            """)
                    .bind(0, hash(token))
                    .bind(1, user)
                    .bind(2, name)
                    .bind(3, now)
                    .bind(4, end == null ? null : end.toString())
                    .execute();
        });
        return token;
    }

    /// Whose token this is, with the role that its user has now.
    public Optional<Principal> ofToken(Secret token) {
        String now = clock.instant().toString();
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT a.name, a.role FROM token t JOIN account a ON a.name = t.account
                                WHERE t.hash = ? AND (t.expires_at IS NULL OR t.expires_at > ?)\
                                """)
                        .bind(0, hash(token))
                        .bind(1, now)
                        .map((row, context) ->
                                new Principal(row.getString(1), role(row.getString(2))))
                        .findOne());
    }

    private Secret random(int bytes) {
        byte[] fresh = new byte[bytes];
        random.nextBytes(fresh);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(fresh));
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

    private static Role role(String word) {
        return Words.parse(Role.class, word)
                .orElseThrow(() -> new IllegalStateException("database: role " + word));
    }

    /// A session's token and its end.
    public record Issued(Secret token, Instant expiresAt) {}

    private record Stored(Role role, String hash) {}
}
