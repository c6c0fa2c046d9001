package dev.weir.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.weir.model.Names;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Collects what a file, the environment and flags say, the later over the earlier, and everything
/// that is wrong with their keys.
///
/// Confined to the thread that starts the process.
final class SettingSources {
    private static final String PREFIX = "WEIR_";

    /// Variables that are read by the launcher and by weirctl.
    private static final Set<String> OF_OTHERS =
            Set.of(
                    "WEIR_JAVA_HOME",
                    "WEIR_JAVA_OPTIONS",
                    "WEIR_MAVEN_OPTIONS",
                    "WEIR_CONFIG",
                    "WEIR_CONTEXT",
                    "WEIR_CA",
                    "WEIR_TOKEN_FILE",
                    "WEIR_LAB",
                    "WEIR_SNMP_USER",
                    "WEIR_SNMP_AUTHENTICATION_FILE",
                    "WEIR_SNMP_PRIVACY_FILE");

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();
    private @Nullable SnmpUsers snmpUsers;

    /// A value and where it came from.
    ///
    /// @param origin such as `weir.yaml line 3` or `environment WEIR_DATA`
    record Given(String value, String origin) {}

    SettingSources environment(Map<String, String> environment) {
        Set<String> passphrases = snmpUsers == null ? Set.of() : snmpUsers.variables();
        new TreeMap<>(environment)
                .forEach((name, value) -> {
                    if (!name.startsWith(PREFIX)
                            || OF_OTHERS.contains(name)
                            || passphrases.contains(name)) {
                        return;
                    }
                    Optional<Setting> setting = Setting.ofVariable(name);
                    if (setting.isEmpty()) {
                        unknown("environment " + name, name, Setting.variables());
                    } else if (!value.isEmpty()) {
                        given.put(setting.get(), new Given(value, "environment " + name));
                    }
                });
        return this;
    }

    /// @param flags values by setting; their names were already judged by the command line's parser
    SettingSources flags(Map<Setting, String> flags) {
        flags.forEach(
                (setting, value) -> given.put(setting, new Given(value, "flag " + setting.flag())));
        return this;
    }

    /// Reads a flat YAML mapping of keys to scalars, and the list of SNMP users; before the
    /// environment, which may hold the passphrases of those.
    SettingSources file(Path file) {
        try (JsonParser parser = new YAMLMapper().createParser(Files.readString(file))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return this;
            }
            if (first != JsonToken.START_OBJECT) {
                problems.add(file + ": must be a list of 'key: value' lines");
                return this;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(file, parser);
            }
        } catch (JsonProcessingException bad) {
            problems.add(
                    "%s line %d: is no YAML; %s"
                            .formatted(
                                    file,
                                    bad.getLocation() == null ? 1 : bad.getLocation().getLineNr(),
                                    firstLine(bad.getOriginalMessage())));
        } catch (IOException unreadable) {
            problems.add(
                    "settings file %s: cannot be read (%s); check the path and its permissions"
                            .formatted(file, unreadable.getClass().getSimpleName()));
        }
        return this;
    }

    private void field(Path file, JsonParser parser) throws IOException {
        String key = parser.currentName();
        String origin = file + " line " + parser.currentTokenLocation().getLineNr();
        JsonToken value = parser.nextToken();
        Optional<Setting> setting = Setting.ofKey(key);
        if (key.equals(SnmpUsers.KEY)) {
            JsonNode users = parser.readValueAsTree();
            snmpUsers = users == null || users.isNull() ? null : new SnmpUsers(origin, users);
        } else if (setting.isEmpty()) {
            List<String> known = new ArrayList<>(Setting.keys());
            known.add(SnmpUsers.KEY);
            unknown(origin, key, known);
            parser.skipChildren();
        } else if (value.isStructStart()) {
            problems.add(origin + ": " + key + " must be one value");
            parser.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
            given.put(setting.get(), new Given(parser.getText(), origin));
        }
    }

    Map<Setting, Given> given() {
        return new EnumMap<>(given);
    }

    /// The list of the file, or null where it has none.
    @Nullable SnmpUsers snmpUsers() {
        return snmpUsers;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void unknown(String origin, String name, Collection<String> known) {
        String hint =
                Names.nearest(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; known are " + String.join(", ", known));
        problems.add(origin + ": '" + name + "' is no setting" + hint);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
