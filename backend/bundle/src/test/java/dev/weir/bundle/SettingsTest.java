package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.TrafficLevel;
import dev.weir.bundle.Setting.Role;
import dev.weir.model.Engine;
import dev.weir.model.Secret;
import dev.weir.snmp.SnmpSecurity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class SettingsTest {
    @TempDir private Path folder;

    @Test
    void hasDefaultsForEverything() throws Exception {
        Map<Setting, String> onlyData = Map.of(Setting.DATA, folder.toString());
        Settings settings = Settings.read(Role.LAB, null, Map.of(), onlyData);
        assertThat(settings)
                .isEqualTo(
                        new Settings(
                                folder,
                                false,
                                null,
                                Engine.EMBEDDED,
                                null,
                                0,
                                TrafficLevel.GENTLE,
                                new Settings.Listen(
                                        HostPort.loopback(8443),
                                        HostPort.loopback(18000),
                                        HostPort.loopback(8444),
                                        HostPort.loopback(1161),
                                        null),
                                Settings.Snmp.ofLab("public"),
                                null,
                                new Settings.Join(null, null, null, null, null, null, null),
                                LogLevel.INFO));
    }

    @Test
    void takesEveryKeyFromTheFile() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("weir.yaml"),
                        """
                        data: /srv/weir
                        headless: true
                        ready-file: /run/weir.json
                        engine: envoy
                        envoy: /opt/envoy
                        port-base: 20000
                        traffic: heavy
                        admin-listen: 0.0.0.0:443
                        xds-listen: 127.0.0.1:1
                        agent-listen: 127.0.0.1:2
                        join-listen: 127.0.0.1:4
                        join-address: admin:8445
                        join-token-file: /run/join-token
                        snmp-listen: "[::1]:3"
                        snmp-community: lab
                        database-url: jdbc:postgresql://db/weir
                        database-user: weir
                        database-password-file: /run/password
                        admin: https://admin:8443
                        join: /run/join
                        xds: admin:18000
                        cluster: east
                        node: east-1
                        log-level: debug
                        """);
        assertThat(Files.readAllLines(file)).hasSameSizeAs(Setting.values());
        assertThat(Settings.read(Role.LAB, file, Map.of(), Map.of()))
                .isEqualTo(
                        new Settings(
                                Path.of("/srv/weir").toAbsolutePath(),
                                true,
                                Path.of("/run/weir.json").toAbsolutePath(),
                                Engine.ENVOY,
                                Path.of("/opt/envoy").toAbsolutePath(),
                                20000,
                                TrafficLevel.HEAVY,
                                new Settings.Listen(
                                        new HostPort("0.0.0.0", 443),
                                        HostPort.loopback(1),
                                        HostPort.loopback(2),
                                        new HostPort("::1", 3),
                                        HostPort.loopback(4)),
                                Settings.Snmp.ofLab("lab"),
                                new Settings.Database(
                                        "jdbc:postgresql://db/weir",
                                        "weir",
                                        Path.of("/run/password").toAbsolutePath()),
                                new Settings.Join(
                                        URI.create("https://admin:8443"),
                                        Path.of("/run/join").toAbsolutePath(),
                                        new HostPort("admin", 8445),
                                        Path.of("/run/join-token").toAbsolutePath(),
                                        new HostPort("admin", 18000),
                                        "east",
                                        "east-1"),
                                LogLevel.DEBUG));
    }

    @Test
    void namesEveryProblemOfEverySourceAtOnce() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("weir.yaml"),
                        """
                        trafic: heavy
                        port-base: many
                        engine: [envoy]
                        """);
        Map<String, String> environment =
                Map.of("WEIR_ENGIN", "envoy", "WEIR_XDS_LISTEN", "nowhere", "PATH", "/bin");
        assertThatThrownBy(() ->
                        Settings.read(
                                Role.LAB,
                                file,
                                environment,
                                Map.of(Setting.TRAFFIC, "loud", Setting.DATABASE_USER, "weir")))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused ->
                                assertThat(refused.problems())
                                        .containsExactlyInAnyOrder(
                                                file
                                                        + " line 1: 'trafic' is no setting; did you mean 'traffic'?",
                                                file + " line 3: engine must be one value",
                                                "environment WEIR_ENGIN: 'WEIR_ENGIN' is no setting; did you mean 'WEIR_ENGINE'?",
                                                file
                                                        + " line 2: port-base must be a number between 0 and 65000, is 'many'",
                                                "flag --traffic: traffic must be one of [off, gentle, heavy], is 'loud'",
                                                "environment WEIR_XDS_LISTEN: xds-listen must be host:port, is 'nowhere'",
                                                "flag --database-user: database-user needs database-url beside it, is 'weir'"));
    }

    @Test
    void letsTheEnvironmentWinOverTheFileAndFlagsOverBoth() throws Exception {
        Files.writeString(folder.resolve("weir.yaml"), "port-base: 1\ntraffic: off\nnode: a\n");
        Settings settings =
                Settings.read(
                        Role.LAB,
                        null,
                        Map.of("WEIR_PORT_BASE", "2", "WEIR_TRAFFIC", "gentle"),
                        Map.of(Setting.DATA, folder.toString(), Setting.PORT_BASE, "3"));
        assertThat(settings.portBase()).isEqualTo(3);
        assertThat(settings.traffic()).isEqualTo(TrafficLevel.GENTLE);
        assertThat(settings.join().node()).isEqualTo("a");
    }

    @Test
    void saysWhereTheYamlBreaks() throws Exception {
        Path file = Files.writeString(folder.resolve("weir.yaml"), "traffic: off\n  - what: [\n");
        assertThatThrownBy(() -> Settings.read(Role.LAB, file, Map.of(), Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(file + " line 2: is no YAML");
    }

    @Test
    void readsSnmpUsersWithPassphrasesFromFilesAndVariables() throws Exception {
        Path phrase = Files.writeString(folder.resolve("ops.auth"), "correct horse\n");
        Path file =
                Files.writeString(
                        folder.resolve("weir.yaml"),
                        """
                        snmp-listen: 0.0.0.0:161
                        snmp-users:
                          - name: ops
                            authentication-file: %s
                            privacy-variable: WEIR_OPS_PRIVACY
                        """
                                .formatted(phrase));
        Settings settings =
                Settings.read(
                        Role.AGENT, file, Map.of("WEIR_OPS_PRIVACY", "battery staple"), Map.of());
        assertThat(settings.snmp())
                .isEqualTo(
                        new Settings.Snmp(
                                null,
                                List.of(
                                        new SnmpSecurity.User(
                                                "ops",
                                                new Secret("correct horse"),
                                                new Secret("battery staple")))));
    }

    @Test
    void namesTheFieldOfAnSnmpUserThatIsWrong() throws Exception {
        Path brief = Files.writeString(folder.resolve("short"), "seven77\n");
        Path file =
                Files.writeString(
                        folder.resolve("weir.yaml"),
                        """
                        snmp-users:
                          - name: ops
                            authentication-file: %1$s
                            privacy-variable: UNSET
                          - name: ops
                            authentication-fil: %1$s
                            authentication-file: /nowhere
                        """
                                .formatted(brief));
        assertThatThrownBy(() -> Settings.read(Role.AGENT, file, Map.of(), Map.of()))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> {
                            String at = file + " line 1: snmp-users";
                            assertThat(refused.problems())
                                    .containsExactlyInAnyOrder(
                                            at
                                                    + "[0].authentication-file holds a passphrase that is too short; it needs 8 characters or more, has 7",
                                            at
                                                    + "[0].privacy-variable names a variable that is not set, is 'UNSET'",
                                            at
                                                    + "[1].authentication-fil is unknown; did you mean 'authentication-file'?",
                                            at + "[1].name comes twice, is 'ops'",
                                            at
                                                    + "[1].authentication-file cannot be read (NoSuchFileException), is '/nowhere'",
                                            at
                                                    + "[1].privacy-file is needed, or privacy-variable; one of the two");
                            assertThat(refused.toString()).doesNotContain("seven77");
                        });
    }

    @Test
    void answersACommunityOnLoopbackAlone() {
        Map<Setting, String> open = Map.of(Setting.SNMP_LISTEN, "0.0.0.0:161");
        assertThatThrownBy(() -> Settings.read(Role.AGENT, null, Map.of(), open))
                .hasMessageContaining("flag --snmp-listen: snmp-listen is beyond loopback")
                .hasMessageContaining("snmp-users");
        assertThatThrownBy(() ->
                        Settings.read(
                                Role.AGENT, null, Map.of("WEIR_SNMP_COMMUNITY", "public"), open))
                .hasMessageContaining("WEIR_SNMP_COMMUNITY: snmp-community is clear text");
    }

    @Test
    void givesAnAgentNoCommunityUnlessItIsAskedFor() throws Exception {
        assertThat(Settings.read(Role.AGENT, null, Map.of(), Map.of()).snmp())
                .isEqualTo(new Settings.Snmp(null, List.of()));
    }

    @Test
    void describesEverySetting() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::description))
                .allMatch(text -> text.endsWith("."));
        assertThat(Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toSet()))
                .hasSameSizeAs(Setting.values());
    }
}
