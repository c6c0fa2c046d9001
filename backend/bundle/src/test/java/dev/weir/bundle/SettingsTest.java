package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.TrafficLevel;
import dev.weir.bundle.Setting.Role;
import dev.weir.model.Engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
                                        HostPort.loopback(1161)),
                                "public",
                                null,
                                new Settings.Join(null, null, null, null, null),
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
                                        new HostPort("::1", 3)),
                                "lab",
                                new Settings.Database(
                                        "jdbc:postgresql://db/weir",
                                        "weir",
                                        Path.of("/run/password").toAbsolutePath()),
                                new Settings.Join(
                                        URI.create("https://admin:8443"),
                                        Path.of("/run/join").toAbsolutePath(),
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
                Map.of("WEIR_ENGIN", "envoy", "WEIR_SNMP_LISTEN", "0.0.0.0:161", "PATH", "/bin");
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
                                                "environment WEIR_SNMP_LISTEN: snmp-listen must be a loopback address, because this door speaks no TLS yet; use 127.0.0.1:161 with a tunnel, is '0.0.0.0:161'",
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
    void describesEverySetting() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::description))
                .allMatch(text -> text.endsWith("."));
        assertThat(Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toSet()))
                .hasSameSizeAs(Setting.values());
    }
}
