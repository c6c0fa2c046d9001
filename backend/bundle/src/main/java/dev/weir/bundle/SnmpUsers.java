package dev.weir.bundle;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.Names;
import dev.weir.model.Secret;
import dev.weir.snmp.SnmpSecurity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The SNMPv3 users that `weir.yaml` lists: names there, passphrases in files or variables of the
/// environment, so that neither the settings nor the list of processes shows them.
///
/// Confined to the thread that starts the process.
final class SnmpUsers {
    /// Its key in `weir.yaml`; there is no flag and no variable for it.
    static final String KEY = "snmp-users";

    private static final String NAME = "name";
    private static final String FILE = "-file";
    private static final String VARIABLE = "-variable";
    private static final List<String> PASSPHRASES = List.of("authentication", "privacy");
    private static final List<String> FIELDS =
            List.of(
                    NAME,
                    "authentication-file",
                    "authentication-variable",
                    "privacy-file",
                    "privacy-variable");

    /// RFC 3414 §11.2.
    private static final int MIN_PASSPHRASE = 8;

    private static final int MAX_NAME = 32;

    private final String origin;
    private final JsonNode list;
    private final List<String> problems = new ArrayList<>();

    /// @param origin such as `weir.yaml line 3`
    SnmpUsers(String origin, JsonNode list) {
        this.origin = origin;
        this.list = list;
    }

    /// The variables that hold passphrases, which are no settings although they may look like it.
    Set<String> variables() {
        Set<String> variables = new HashSet<>();
        for (JsonNode user : list) {
            for (String passphrase : PASSPHRASES) {
                variables.add(user.path(passphrase + VARIABLE).asText(""));
            }
        }
        return variables;
    }

    /// Reads the list and the passphrases; what is wrong goes to [#problems].
    List<SnmpSecurity.User> read(Map<String, String> environment) {
        List<SnmpSecurity.User> users = new ArrayList<>();
        if (!list.isArray()) {
            problem("", "must be a list of users, each with a name and two passphrases");
            return users;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String path = "[" + i + "]";
            JsonNode user = list.get(i);
            int before = problems.size();
            refuseUnknown(path, user);
            String name = user.path(NAME).asText("");
            if (name.isEmpty() || name.length() > MAX_NAME) {
                problem(path + "." + NAME, "must have 1 to 32 characters, is '" + name + "'");
            } else if (!names.add(name)) {
                problem(path + "." + NAME, "comes twice, is '" + name + "'");
            }
            Secret authentication = passphrase(path, user, PASSPHRASES.get(0), environment);
            Secret privacy = passphrase(path, user, PASSPHRASES.get(1), environment);
            if (problems.size() == before) {
                users.add(new SnmpSecurity.User(name, authentication, privacy));
            }
        }
        return List.copyOf(users);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void refuseUnknown(String path, JsonNode user) {
        if (!user.isObject()) {
            problem(path, "must have a name and two passphrases");
            return;
        }
        user.fieldNames()
                .forEachRemaining(field -> {
                    if (!FIELDS.contains(field)) {
                        problem(
                                path + "." + field,
                                "is unknown"
                                        + Names.nearest(field, FIELDS)
                                                .map(near -> "; did you mean '" + near + "'?")
                                                .orElse(
                                                        "; known are "
                                                                + String.join(", ", FIELDS)));
                    }
                });
    }

    private Secret passphrase(
            String path, JsonNode user, String what, Map<String, String> environment) {
        String file = user.path(what + FILE).asText("");
        String variable = user.path(what + VARIABLE).asText("");
        String at = path + "." + what;
        String text = "";
        if (file.isEmpty() == variable.isEmpty()) {
            problem(at + FILE, "is needed, or %s%s; one of the two".formatted(what, VARIABLE));
            return new Secret("");
        }
        if (file.isEmpty()) {
            at += VARIABLE;
            text = environment.getOrDefault(variable, "");
            if (text.isEmpty()) {
                problem(at, "names a variable that is not set, is '" + variable + "'");
                return new Secret("");
            }
        } else {
            at += FILE;
            try {
                text = Files.readString(Path.of(file)).strip();
            } catch (IOException | InvalidPathException unreadable) {
                problem(
                        at,
                        "cannot be read (%s), is '%s'"
                                .formatted(unreadable.getClass().getSimpleName(), file));
                return new Secret("");
            }
        }
        if (text.length() < MIN_PASSPHRASE) {
            problem(
                    at,
                    "holds a passphrase that is too short; it needs %d characters or more, has %d"
                            .formatted(MIN_PASSPHRASE, text.length()));
        }
        return new Secret(text);
    }

    private void problem(String path, String message) {
        problems.add(origin + ": " + KEY + path + " " + message);
    }
}
