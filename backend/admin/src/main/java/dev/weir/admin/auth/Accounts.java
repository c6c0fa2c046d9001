package dev.weir.admin.auth;

import dev.weir.admin.store.Database;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.api.Words;
import dev.weir.model.Secret;

import org.jdbi.v3.core.Handle;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Users, their roles, and their passwords as Argon2id hashes. Any thread.
public final class Accounts {
    /// The user of the first start.
    public static final String FIRST_USER = "admin";

    private static final int PASSWORD_BYTES = 18;

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Passwords passwords;
    private final Tokens tokens;
    private final String hashOfNobody;

    /// The users of this database.
    public Accounts(Database database, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.passwords = new Passwords(random);
        this.tokens = new Tokens(database, clock, random);
        this.hashOfNobody = passwords.hash(Passwords.random(random, PASSWORD_BYTES));
    }

    /// Their tokens.
    public Tokens tokens() {
        return tokens;
    }

    /// Makes the first user where there is none, and returns its password this one time.
    public Optional<Secret> bootstrap() {
        if (!all().isEmpty()) {
            return Optional.empty();
        }
        Secret password = Passwords.random(random, PASSWORD_BYTES);
        return create(FIRST_USER, password, Map.of(User.EVERYWHERE, Role.ADMIN))
                ? Optional.of(password)
                : Optional.empty(); // another process of the same database was faster
    }

    /// Creates a user; answers whether the name was free.
    public boolean create(String name, Secret password, Map<String, Role> roles) {
        String hash = passwords.hash(password);
        return database.write(handle -> {
            int created =
                    handle.createUpdate(
                                    """
                                    INSERT INTO account (name, password_hash, created_at)
                                    VALUES (?, ?, ?) ON CONFLICT DO NOTHING\
                                    """)
                            .bind(0, name)
                            .bind(1, hash)
                            .bind(2, clock.instant().toString())
                            .execute();
            if (created == 1) {
                insertRoles(handle, name, roles);
            }
            return created == 1;
        });
    }

    /// Every user, by name.
    public List<User> all() {
        return database.read(handle -> {
            Map<String, Map<String, Role>> roles = new HashMap<>();
            handle.createQuery("SELECT account, cluster, role FROM account_role")
                    .map((row, context) ->
                            roles.computeIfAbsent(row.getString(1), name -> new TreeMap<>())
                                    .put(row.getString(2), role(row.getString(3))))
                    .list();
            return handle.createQuery("SELECT name, created_at FROM account ORDER BY name")
                    .map((row, context) ->
                            new User(
                                    row.getString(1),
                                    roles.getOrDefault(row.getString(1), Map.of()),
                                    Instant.parse(row.getString(2))))
                    .list();
        });
    }

    public Optional<User> find(String name) {
        return all().stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /// Replaces all roles of a user.
    public Change setRoles(String name, Map<String, Role> roles) {
        return change(handle -> {
            if (!exists(handle, name)) {
                return Change.NO_SUCH_USER;
            }
            handle.createUpdate("DELETE FROM account_role WHERE account = ?")
                    .bind(0, name)
                    .execute();
            insertRoles(handle, name, roles);
            return Change.DONE;
        });
    }

    /// Removes a user with its tokens.
    public Change delete(String name) {
        return change(handle -> {
            for (String table : List.of("token", "account_role")) {
                handle.createUpdate("DELETE FROM " + table + " WHERE account = ?")
                        .bind(0, name)
                        .execute();
            }
            int deleted =
                    handle.createUpdate("DELETE FROM account WHERE name = ?")
                            .bind(0, name)
                            .execute();
            return deleted == 1 ? Change.DONE : Change.NO_SUCH_USER;
        });
    }

    /// Gives a user another password and ends its sessions; its other tokens still work. Answers
    /// whether there is such a user.
    public boolean setPassword(String name, Secret password) {
        String hash = passwords.hash(password);
        return database.write(handle -> {
            Tokens.endSessions(handle, name);
            return handle.createUpdate("UPDATE account SET password_hash = ? WHERE name = ?")
                            .bind(0, hash)
                            .bind(1, name)
                            .execute()
                    == 1;
        });
    }

    /// The user of this name and password; takes as long where there is no such user.
    public Optional<User> authenticate(String name, Secret password) {
        Optional<String> stored =
                database.read(handle ->
                        handle.createQuery("SELECT password_hash FROM account WHERE name = ?")
                                .bind(0, name)
                                .mapTo(String.class)
                                .findOne());
        boolean matches = passwords.matches(password, stored.orElse(hashOfNobody));
        return stored.isPresent() && matches ? find(name) : Optional.empty();
    }

    /// What became of a change.
    public enum Change {
        DONE,
        NO_SUCH_USER,
        /// Nobody could manage users any more.
        LAST_ADMIN
    }

    @FunctionalInterface
    private interface Work {
        Change in(Handle handle);
    }

    /// Makes a change that must leave an admin; two at once must not take one away each.
    private Change change(Work work) {
        try {
            return database.writeSerially(handle -> {
                Change change = work.in(handle);
                if (change == Change.DONE && !hasAdmin(handle)) {
                    throw new LastAdminException(); // rolls back
                }
                return change;
            });
        } catch (LastAdminException refused) {
            return Change.LAST_ADMIN;
        }
    }

    private static final class LastAdminException extends RuntimeException {}

    private static boolean hasAdmin(Handle handle) {
        return handle.createQuery(
                                "SELECT COUNT(*) FROM account_role WHERE cluster = ? AND role = ?")
                        .bind(0, User.EVERYWHERE)
                        .bind(1, Words.of(Role.ADMIN))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static boolean exists(Handle handle, String name) {
        return handle.createQuery("SELECT COUNT(*) FROM account WHERE name = ?")
                        .bind(0, name)
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    private static void insertRoles(Handle handle, String name, Map<String, Role> roles) {
        List<Map.Entry<String, Role>> sorted = new ArrayList<>(new TreeMap<>(roles).entrySet());
        for (Map.Entry<String, Role> role : sorted) {
            handle.createUpdate(
                            "INSERT INTO account_role (account, cluster, role) VALUES (?, ?, ?)")
                    .bind(0, name)
                    .bind(1, role.getKey())
                    .bind(2, Words.of(role.getValue()))
                    .execute();
        }
    }

    static Role role(String word) {
        return Words.parse(Role.class, word)
                .orElseThrow(() -> new IllegalStateException("database: role " + word));
    }
}
