package dev.weir.bundle;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A key of the settings: `port-base` in `weir.yaml`, `WEIR_PORT_BASE` in the environment,
/// `--port-base` on the command line.
enum Setting {
    DATA("DIR", "Directory of all state; made when absent.", Role.LAB, Role.SERVE, Role.AGENT),
    HEADLESS("BOOLEAN", "Open no console.", Role.LAB),
    READY_FILE(
            "FILE",
            "JSON file to write when everything serves; it goes away at the end.",
            Role.LAB),
    ENGINE("embedded|envoy", "The program that carries the traffic.", Role.LAB, Role.AGENT),
    ENVOY("FILE", "The Envoy binary; found on the path where absent.", Role.LAB, Role.AGENT),
    PORT_BASE(
            "N",
            "First of a row of ports to use; without it free ones, the same at each start.",
            Role.LAB),
    TRAFFIC("off|gentle|heavy", "What the lab's own clients ask for.", Role.LAB),
    ADMIN_LISTEN("HOST:PORT", "Where the admin API listens, with TLS.", Role.SERVE),
    XDS_LISTEN(
            "HOST:PORT", "Where proxies fetch their configuration, with mutual TLS.", Role.SERVE),
    JOIN_LISTEN(
            "HOST:PORT",
            "Where nodes join with a one-time token; closed where absent.",
            Role.SERVE),
    AGENT_LISTEN("HOST:PORT", "Where the agent takes operations.", Role.AGENT),
    SNMP_LISTEN(
            "HOST:PORT",
            "Where the agent answers SNMP, over UDP; beyond loopback to SNMPv3 users alone.",
            Role.AGENT),
    SNMP_COMMUNITY(
            "TEXT",
            "Community of SNMPv2c, on loopback only; 'public' in the lab, none in an agent.",
            Role.LAB,
            Role.AGENT),
    DATABASE_URL(
            "JDBC-URL",
            "PostgreSQL to share; SQLite in the data directory without it.",
            Role.SERVE),
    DATABASE_USER("NAME", "User of the shared database.", Role.SERVE),
    DATABASE_PASSWORD_FILE("FILE", "File that holds the database user's password.", Role.SERVE),
    ADMIN("URL", "Base address of the admin API to join.", Role.AGENT),
    JOIN("DIR", "A copy of the directory 'join' that 'weir serve' wrote.", Role.AGENT),
    JOIN_ADDRESS("HOST:PORT", "Where to join with a one-time token.", Role.AGENT),
    JOIN_TOKEN_FILE(
            "FILE",
            "The token, from 'join-token' of 'weir serve'; needed at the first start alone.",
            Role.AGENT),
    XDS("HOST:PORT", "The discovery server to take configuration from.", Role.AGENT),
    CLUSTER("NAME", "The cluster of this node.", Role.AGENT),
    NODE("NAME", "The name of this node; the host's name where absent.", Role.AGENT),
    LOG_LEVEL(
            "debug|info|warn|error", "The least that is logged.", Role.LAB, Role.SERVE, Role.AGENT);

    /// A process that settings are for.
    enum Role {
        LAB,
        SERVE,
        AGENT
    }

    private final String form;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes it unmodifiable; no type says so
    private final Set<Role> roles;

    Setting(String form, String description, Role first, Role... more) {
        this.form = form;
        this.description = description;
        this.roles = Set.copyOf(EnumSet.of(first, more));
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String variable() {
        return "WEIR_" + name();
    }

    String flag() {
        return "--" + key();
    }

    /// What its value looks like, for help texts.
    String form() {
        return form;
    }

    String description() {
        return description;
    }

    boolean isFor(Role role) {
        return roles.contains(role);
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
    }

    static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }

    static List<String> variables() {
        return Arrays.stream(values()).map(Setting::variable).toList();
    }
}
