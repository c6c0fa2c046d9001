package dev.weir.bundle;

import dev.weir.bundle.SettingSources.Given;
import dev.weir.snmp.SnmpSecurity;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Turns given texts into values and collects what is wrong with them.
///
/// Confined to the thread that starts the process.
final class SettingValues {
    private final Map<Setting, Given> given;
    private final @Nullable SnmpUsers snmpUsers;
    private final List<String> problems;

    SettingValues(SettingSources sources) {
        this.snmpUsers = sources.snmpUsers();
        this.given = sources.given();
        this.problems = new ArrayList<>(sources.problems());
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /// The users of SNMPv3; their problems are added to the others.
    List<SnmpSecurity.User> snmpUsers(Map<String, String> environment) {
        if (snmpUsers == null) {
            return List.of();
        }
        List<SnmpSecurity.User> users = snmpUsers.read(environment);
        problems.addAll(snmpUsers.problems());
        return users;
    }

    boolean isGiven(Setting setting) {
        return given.containsKey(setting);
    }

    /// Adds a problem of a value that parsed.
    void refuse(Setting setting, String problem) {
        Given value = given.get(setting);
        problems.add(
                value == null
                        ? "settings: " + setting.key() + " " + problem
                        : line(setting, value, problem));
    }

    @Nullable String text(Setting setting) {
        Given value = given.get(setting);
        return value == null ? null : value.value();
    }

    @Nullable Path path(Setting setting) {
        return parsed(
                setting,
                text -> {
                    try {
                        return Path.of(text).toAbsolutePath().normalize();
                    } catch (InvalidPathException bad) {
                        throw new IllegalArgumentException("must be a path", bad);
                    }
                });
    }

    @Nullable HostPort hostPort(Setting setting) {
        return parsed(setting, HostPort::of);
    }

    @Nullable URI address(Setting setting) {
        return parsed(
                setting,
                text -> {
                    URI address = URI.create(text);
                    if (address.getHost() == null || !"https".equals(address.getScheme())) {
                        throw new IllegalArgumentException("must be https://host:port");
                    }
                    return address;
                });
    }

    boolean flag(Setting setting) {
        Boolean value =
                parsed(
                        setting,
                        text ->
                                switch (text.toLowerCase(Locale.ROOT)) {
                                    case "true", "yes", "on", "1" -> true;
                                    case "false", "no", "off", "0" -> false;
                                    default ->
                                            throw new IllegalArgumentException(
                                                    "must be true or false");
                                });
        return value != null && value;
    }

    int number(Setting setting, int low, int high, int fallback) {
        Integer value =
                parsed(
                        setting,
                        text -> {
                            String wanted = "must be a number between " + low + " and " + high;
                            try {
                                int number = Integer.parseInt(text);
                                if (number >= low && number <= high) {
                                    return number;
                                }
                            } catch (NumberFormatException none) {
                                throw new IllegalArgumentException(wanted, none);
                            }
                            throw new IllegalArgumentException(wanted);
                        });
        return value == null ? fallback : value;
    }

    <E extends Enum<E>> E choice(Setting setting, E fallback) {
        E[] choices = fallback.getDeclaringClass().getEnumConstants();
        E value =
                parsed(
                        setting,
                        text ->
                                Arrays.stream(choices)
                                        .filter(choice ->
                                                word(choice).equals(text.toLowerCase(Locale.ROOT)))
                                        .findFirst()
                                        .orElseThrow(() ->
                                                new IllegalArgumentException(
                                                        "must be one of "
                                                                + Arrays.stream(choices)
                                                                        .map(SettingValues::word)
                                                                        .toList())));
        return value == null ? fallback : value;
    }

    private <T> @Nullable T parsed(Setting setting, Function<String, T> parser) {
        Given value = given.get(setting);
        if (value == null) {
            return null;
        }
        try {
            return parser.apply(value.value());
        } catch (IllegalArgumentException bad) {
            problems.add(line(setting, value, String.valueOf(bad.getMessage())));
            return null;
        }
    }

    private static String line(Setting setting, Given value, String problem) {
        return "%s: %s %s, is '%s'"
                .formatted(value.origin(), setting.key(), problem, value.value());
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
