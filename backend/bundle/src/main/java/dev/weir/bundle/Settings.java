package dev.weir.bundle;

import dev.weir.api.TrafficLevel;
import dev.weir.model.Engine;
import dev.weir.snmp.SnmpSecurity;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Everything a process of the bundle can be told from outside.
///
/// @param portBase 0 asks for free ports
/// @param envoy the binary, or null to look for it on the path
record Settings(
        Path data,
        boolean headless,
        @Nullable Path readyFile,
        Engine engine,
        @Nullable Path envoy,
        int portBase,
        TrafficLevel traffic,
        Listen listen,
        Snmp snmp,
        @Nullable Database database,
        Join join,
        LogLevel logLevel) {

    /// Where the doors of a process listen.
    ///
    /// @param join null where nodes cannot join by token
    record Listen(
            HostPort admin, HostPort xds, HostPort agent, HostPort snmp, @Nullable HostPort join) {}

    /// Who is answered over SNMP.
    ///
    /// @param community of SNMPv2c, on loopback alone; null answers none
    /// @param users of SNMPv3
    record Snmp(@Nullable String community, List<SnmpSecurity.User> users) {
        Snmp {
            users = List.copyOf(users);
        }

        static Snmp ofLab(String community) {
            return new Snmp(community, List.of());
        }
    }

    /// A PostgreSQL database shared with other admins.
    record Database(String url, @Nullable String user, @Nullable Path passwordFile) {}

    /// How an agent finds its admin.
    ///
    /// @param directory what `weir serve` wrote for agents, or null to join by token
    /// @param address of the join door
    /// @param tokenFile the one-time token for it
    record Join(
            @Nullable URI admin,
            @Nullable Path directory,
            @Nullable HostPort address,
            @Nullable Path tokenFile,
            @Nullable HostPort xds,
            @Nullable String cluster,
            @Nullable String node) {}

    /// Reads `weir.yaml`, then the environment, then flags; a later one wins.
    ///
    /// @param config the file, or null for `weir.yaml` in the data directory where there is one
    /// @throws InvalidSettingsException with every problem of all three
    static Settings read(
            Setting.Role role,
            @Nullable Path config,
            Map<String, String> environment,
            Map<Setting, String> flags)
            throws InvalidSettingsException {
        Path file = config == null ? dataOf(role, environment, flags).resolve("weir.yaml") : config;
        SettingSources sources = new SettingSources();
        if (config != null || Files.exists(file)) {
            sources.file(file);
        }
        SettingValues values = new SettingValues(sources.environment(environment).flags(flags));
        Settings settings = of(role, values, environment);
        List<String> problems = values.problems();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return settings;
    }

    private static Settings of(
            Setting.Role role, SettingValues values, Map<String, String> environment) {
        Path data = values.path(Setting.DATA);
        HostPort snmpListen = listen(values, Setting.SNMP_LISTEN, 1161);
        return new Settings(
                data == null ? defaultData(role) : data,
                values.flag(Setting.HEADLESS),
                values.path(Setting.READY_FILE),
                values.choice(Setting.ENGINE, Engine.EMBEDDED),
                values.path(Setting.ENVOY),
                values.number(Setting.PORT_BASE, 0, 65_000, 0),
                values.choice(Setting.TRAFFIC, TrafficLevel.GENTLE),
                new Listen(
                        listen(values, Setting.ADMIN_LISTEN, 8443),
                        listen(values, Setting.XDS_LISTEN, 18000),
                        listen(values, Setting.AGENT_LISTEN, 8444),
                        snmpListen,
                        values.hostPort(Setting.JOIN_LISTEN)),
                snmp(role, values, snmpListen, environment),
                database(values),
                join(values),
                values.choice(Setting.LOG_LEVEL, LogLevel.INFO));
    }

    private static HostPort listen(SettingValues values, Setting setting, int port) {
        HostPort address = values.hostPort(setting);
        return address == null ? HostPort.loopback(port) : address;
    }

    private static Snmp snmp(
            Setting.Role role,
            SettingValues values,
            HostPort listen,
            Map<String, String> environment) {
        String given = values.text(Setting.SNMP_COMMUNITY);
        List<SnmpSecurity.User> users = values.snmpUsers(environment);
        if (role == Setting.Role.AGENT && !listen.isLoopback()) {
            if (given != null) {
                values.refuse(
                        Setting.SNMP_COMMUNITY,
                        "is clear text and is answered on loopback alone, but snmp-listen is "
                                + listen
                                + "; remove it and list snmp-users in weir.yaml");
            } else if (users.isEmpty()) {
                values.refuse(
                        Setting.SNMP_LISTEN,
                        "is beyond loopback, where SNMPv3 users alone are answered; list snmp-users"
                                + " in weir.yaml");
            }
        }
        return new Snmp(given == null && role == Setting.Role.LAB ? "public" : given, users);
    }

    private static @Nullable Database database(SettingValues values) {
        String url = values.text(Setting.DATABASE_URL);
        String user = values.text(Setting.DATABASE_USER);
        Path passwordFile = values.path(Setting.DATABASE_PASSWORD_FILE);
        if (url == null) {
            for (Setting orphan : List.of(Setting.DATABASE_USER, Setting.DATABASE_PASSWORD_FILE)) {
                if (values.isGiven(orphan)) {
                    values.refuse(orphan, "needs database-url beside it");
                }
            }
            return null;
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            values.refuse(Setting.DATABASE_URL, "must be jdbc:postgresql://host/database");
        }
        return new Database(url, user, passwordFile);
    }

    private static Join join(SettingValues values) {
        return new Join(
                values.address(Setting.ADMIN),
                values.path(Setting.JOIN),
                values.hostPort(Setting.JOIN_ADDRESS),
                values.path(Setting.JOIN_TOKEN_FILE),
                values.hostPort(Setting.XDS),
                values.text(Setting.CLUSTER),
                values.text(Setting.NODE));
    }

    private static Path dataOf(
            Setting.Role role, Map<String, String> environment, Map<Setting, String> flags) {
        String flag = flags.get(Setting.DATA);
        String variable = environment.get(Setting.DATA.variable());
        if (flag != null) {
            return Path.of(flag).toAbsolutePath();
        }
        return variable == null || variable.isEmpty()
                ? defaultData(role)
                : Path.of(variable).toAbsolutePath();
    }

    private static Path defaultData(Setting.Role role) {
        String name =
                switch (role) {
                    case LAB -> "lab";
                    case SERVE -> "server";
                    case AGENT -> "agent";
                };
        return Path.of(System.getProperty("user.home"), ".weir", name);
    }
}
