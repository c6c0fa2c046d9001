package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.MibFiles;
import dev.weir.testkit.RealEnvoy;
import dev.weir.testkit.Tool;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `weir serve` on a real PostgreSQL and `weir agent`, each a process of its own, as an operator
/// sets them up.
class SeparateProcessesTest {
    private static final Pattern PASSWORD = Pattern.compile("password '([^']+)'");

    @TempDir Path directory;

    private static EmbeddedPostgres postgres;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int adminPort = freePort();
    private final int xdsPort = freePort();
    private final int agentPort = freePort();
    private final int joinPort = freePort();
    private final int snmpPort = freeUdpPort();

    SeparateProcessesTest() throws IOException {}

    @BeforeAll
    static void startPostgres() throws IOException {
        try {
            postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
        } catch (IOException | IllegalStateException noServer) {
            if (System.getenv("CI") != null) {
                throw noServer;
            }
            Assumptions.abort("no PostgreSQL on this machine: " + noServer.getMessage());
        }
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void anEditReachesTrafficAndARestartKeepsAll() throws Exception {
        Terminal terminal = new Terminal(directory, Map.of());
        int port = freePort();
        try (Backend red = new Backend("red");
                Backend blue = new Backend("blue")) {
            Program serve = serve();
            try {
                logIn(terminal, serve);
                terminal.file("east.yaml", east());
                terminal.type("apply", "-c", "east", "-f", "east.yaml").done();
                String used = Files.readString(directory.resolve("serve/join-token"));
                try (Program agent = agent()) {
                    assertThat(agent.said()).contains("answers user ops");
                    terminal.file("site.yaml", site(port, red));
                    terminal.type("apply", "-f", "site.yaml").done();
                    Site.await("red answers", () -> get(port).equals("red"));
                    answersTheRightUserAlone(terminal);
                    theAgentsTokenCanOnlyFollow(terminal);
                    theJoinTokenWorksOnce(used);
                    diagnosesThroughTheAgentsDoor(terminal);

                    serve.close();
                    assertThat(get(port))
                            .as("the data plane goes on without serve")
                            .isEqualTo("red");
                    serve = serve();
                    assertThat(serve.said()).doesNotContain("password");
                    assertThat(terminal.type("get", "vs", "-o", "name").done())
                            .isEqualTo("virtual-servers/site\n");
                    assertThat(terminal.type("revisions", "-o", "name").done().lines()).hasSize(2);
                    terminal.file("site.yaml", site(port, blue));
                    terminal.type("apply", "-f", "site.yaml").done();
                    Site.await("blue answers", () -> get(port).equals("blue"));
                    terminal.type("rollout", "--wait", "20").done();
                    aDeletedNodeIsShutOut(terminal, port, red);
                }
            } finally {
                serve.close();
            }
        }
    }

    @Test
    void feedsARealEnvoyThroughMutualTls() throws Exception {
        Path envoy = RealEnvoy.required();
        Terminal terminal = new Terminal(directory, Map.of());
        int port = freePort();
        try (Backend red = new Backend("red");
                Program serve = Program.start(directory, "Weir serves", serving())) {
            logIn(terminal, serve);
            terminal.file("east.yaml", east().replace("embedded", "envoy"));
            terminal.type("apply", "-c", "east", "-f", "east.yaml").done();
            String[] agent = {
                "agent",
                "--data",
                directory.resolve("agent").toString(),
                "--engine",
                "envoy",
                "--envoy",
                envoy.toString(),
                "--join",
                directory.resolve("serve/join").toString(),
                "--admin",
                "https://127.0.0.1:" + adminPort,
                "--xds",
                "127.0.0.1:" + xdsPort,
                "--cluster",
                "east",
                "--node",
                "east-1",
                "--agent-listen",
                "127.0.0.1:" + agentPort,
                "--snmp-listen",
                "127.0.0.1:" + snmpPort
            };
            try (Program node = Program.start(directory, "Node east-1", agent)) {
                assertThat(node.said()).contains("answers nobody: weir.yaml lists no snmp-users");
                terminal.file("site.yaml", site(port, red));
                terminal.type("apply", "-f", "site.yaml").done();
                Site.await("red answers through Envoy", () -> get(port).equals("red"));
            }
        }
    }

    @Test
    void refusesACommunityBeyondLoopback() throws Exception {
        Lab.Refusal refusal =
                Program.refused(
                        directory,
                        "agent",
                        "--data",
                        directory.resolve("refused").toString(),
                        "--snmp-listen",
                        "0.0.0.0:" + snmpPort,
                        "--snmp-community",
                        "public");
        assertThat(refusal.exitCode()).isEqualTo(2);
        assertThat(refusal.output())
                .contains("flag --snmp-community: snmp-community is clear text")
                .doesNotContain("\tat ");
    }

    @Test
    void refusesADatabaseThatIsNotThereInOneLine() throws Exception {
        Lab.Refusal refusal =
                Program.refused(
                        directory,
                        "serve",
                        "--data",
                        directory.resolve("nowhere").toString(),
                        "--database-url",
                        "jdbc:postgresql://127.0.0.1:" + freePort() + "/weir");
        assertThat(refusal.exitCode()).isEqualTo(1);
        assertThat(refusal.output()).contains("weir: store: cannot start").doesNotContain("\tat ");
    }

    @Test
    void refusesPortsInUseAndWhatAnAgentLacksInOneLineEach() throws Exception {
        String data = directory.resolve("unused").toString();
        String taken = "127.0.0.1:" + postgres.getPort();
        String free = "127.0.0.1:" + freePort();
        oneLine("--admin-listen", "serve", "--data", data, "--admin-listen", taken);
        oneLine(
                "--xds-listen",
                "serve",
                "--data",
                data,
                "--admin-listen",
                free,
                "--xds-listen",
                taken);
        List<String> agent =
                List.of(
                        "agent",
                        "--data",
                        data,
                        "--admin",
                        "https://" + free,
                        "--xds",
                        free,
                        "--cluster",
                        "east",
                        "--node",
                        "east-1",
                        "--join",
                        data);
        oneLine("--agent-listen", with(agent, "--agent-listen", taken));
        try (DatagramSocket snmp =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String listen = "127.0.0.1:" + snmp.getLocalPort();
            oneLine("--snmp-listen", with(agent, "--agent-listen", free, "--snmp-listen", listen));
        }
        String own = "127.0.0.1:" + snmpPort;
        oneLine("has no ca.pem", with(agent, "--agent-listen", free, "--snmp-listen", own));
    }

    private void oneLine(String words, String... command) throws Exception {
        Lab.Refusal refusal = Program.refused(directory, command);
        assertThat(refusal.exitCode()).as(refusal.output()).isEqualTo(1);
        assertThat(refusal.output().strip()).startsWith("weir: ").contains(words).hasLineCount(1);
    }

    private static String[] with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Program serve() throws Exception {
        Path password = Files.writeString(directory.resolve("database-password"), "postgres\n");
        return Program.start(
                directory,
                "Weir serves",
                serving(
                        "--join-listen",
                        "127.0.0.1:" + joinPort,
                        "--database-url",
                        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                        "--database-user",
                        "postgres",
                        "--database-password-file",
                        password.toString()));
    }

    private String[] serving(String... more) {
        return with(
                List.of(
                        "serve",
                        "--data",
                        directory.resolve("serve").toString(),
                        "--admin-listen",
                        "127.0.0.1:" + adminPort,
                        "--xds-listen",
                        "127.0.0.1:" + xdsPort),
                more);
    }

    private Program agent() throws Exception {
        Path authentication = Files.writeString(directory.resolve("ops.auth"), "correct horse\n");
        Path privacy = Files.writeString(directory.resolve("ops.priv"), "battery staple\n");
        Path config =
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        admin: https://127.0.0.1:%d
                        xds: 127.0.0.1:%d
                        cluster: east
                        node: east-1
                        join-address: 127.0.0.1:%d
                        join-token-file: %s
                        agent-listen: 127.0.0.1:%d
                        snmp-listen: 127.0.0.1:%d
                        snmp-users:
                          - name: ops
                            authentication-file: %s
                            privacy-file: %s
                        """
                                .formatted(
                                        adminPort,
                                        xdsPort,
                                        joinPort,
                                        directory.resolve("serve/join-token"),
                                        agentPort,
                                        snmpPort,
                                        authentication,
                                        privacy));
        return Program.start(
                directory,
                "Node east-1",
                "agent",
                "--data",
                directory.resolve("agent").toString(),
                "--config",
                config.toString());
    }

    private void logIn(Terminal terminal, Program serve) throws Exception {
        Matcher password = PASSWORD.matcher(serve.said());
        assertThat(password.find()).as("the first password is told: %s", serve.said()).isTrue();
        terminal.file("password", password.group(1) + "\n");
        assertThat(
                        terminal.type(
                                        "login",
                                        "--admin",
                                        "https://127.0.0.1:" + adminPort,
                                        "--ca",
                                        directory.resolve("serve/admin/ca.pem").toString(),
                                        "--password-file",
                                        "password")
                                .done())
                .contains("as admin");
    }

    private void answersTheRightUserAlone(Terminal terminal) throws Exception {
        Site.await(
                "the right user may walk",
                () ->
                        walk(user("ops", "correct horse", "battery staple"))
                                .output()
                                .contains("site"));
        for (List<String> wrong :
                List.of(
                        user("ops", "incorrect horse", "battery staple"),
                        user("ops", "correct horse", "wrong staple"),
                        user("nobody", "correct horse", "battery staple"),
                        List.of("-v3", "-l", "noAuthNoPriv", "-u", "ops"),
                        List.of("-v2c", "-c", "public"))) {
            Tool.Result refused = walk(wrong);
            assertThat(refused.exitCode()).as("%s", wrong).isNotZero();
            assertThat(refused.output()).doesNotContain("site");
        }
        String[] stats = {
            "stats",
            "--snmp-user",
            "ops",
            "--snmp-authentication-file",
            "ops.auth",
            "--snmp-privacy-file",
            "ops.priv"
        };
        assertThat(terminal.type(stats).done()).contains("east-1", "site");
        assertThat(terminal.type("stats").refused(2)).contains("--snmp-user");
        stats[4] = "ops.priv";
        assertThat(terminal.type(stats).refused(5)).contains("passphrase");
    }

    /// Its certificate and its token are worth nothing, not even when a node of that name is
    /// declared again; what it last heard it goes on serving.
    private void aDeletedNodeIsShutOut(Terminal terminal, int port, Backend red) throws Exception {
        terminal.type("delete", "node", "east-1").done();
        Site.await(
                "its token is taken back",
                () -> agentsTerminal(terminal).type("get", "vs").exitCode() == 5);
        terminal.type("apply", "-f", "east.yaml").done();
        terminal.file("site.yaml", site(port, red));
        terminal.type("apply", "-f", "site.yaml").done();
        assertThat(terminal.type("rollout", "--wait", "5").refused(1))
                .contains("not every node has applied");
        assertThat(get(port)).isEqualTo("blue");
        assertThat(agentsTerminal(terminal).type("get", "vs").refused(5)).contains("token");
    }

    private Terminal agentsTerminal(Terminal terminal) {
        return terminal.with("WEIR_CLUSTER", "east")
                .with("WEIR_TOKEN_FILE", directory.resolve("agent/join/api-token").toString());
    }

    private void theAgentsTokenCanOnlyFollow(Terminal terminal) throws Exception {
        Terminal agent = agentsTerminal(terminal);
        assertThat(agent.type("get", "vs", "-o", "name").done()).contains("site");
        assertThat(agent.type("target", "drain", "site", "red").refused(5))
                .contains("user agents: may not do this");
        assertThat(agent.type("get", "certificates").refused(5))
                .contains("user agents: may not do this");
        assertThat(agent.type("export").refused(5)).contains("user agents: may not do this");
    }

    private void theJoinTokenWorksOnce(String used) throws Exception {
        assertThat(Files.readString(directory.resolve("serve/join-token"))).isNotEqualTo(used);
        Path stolen = Files.writeString(directory.resolve("stolen"), used);
        String[] join = {
            "agent",
            "--data",
            directory.resolve("thief").toString(),
            "--admin",
            "https://127.0.0.1:" + adminPort,
            "--xds",
            "127.0.0.1:" + xdsPort,
            "--cluster",
            "east",
            "--node",
            "east-1",
            "--agent-listen",
            "127.0.0.1:" + freePort(),
            "--snmp-listen",
            "127.0.0.1:" + freeUdpPort(),
            "--join-address",
            "127.0.0.1:" + joinPort,
            "--join-token-file",
            stolen.toString()
        };
        oneLine("the join token is wrong or was used", join);
        String present = Files.readString(directory.resolve("serve/join-token"));
        Files.writeString(stolen, present.substring(0, 65) + used.substring(0, 64));
        oneLine("is not of the authority that made the token", join);
        Files.writeString(stolen, present);
        join[10] = "east-9";
        oneLine("node east-9: is not declared in cluster east", join);
        assertThat(Files.readString(directory.resolve("serve/join-token"))).isEqualTo(present);
    }

    /// The diagnoser trusts the certificate that the node got for its own address.
    private static void diagnosesThroughTheAgentsDoor(Terminal terminal) throws Exception {
        assertThat(
                        terminal.type("diagnose", "-s", "jvm-profile", "-p", "seconds=1", "--wait")
                                .done())
                .contains("east-1", "succeeded");
    }

    private Tool.Result walk(List<String> security) {
        List<String> arguments = new ArrayList<>(security);
        arguments.addAll(
                List.of(
                        "-t",
                        "1",
                        "-r",
                        "0",
                        "-m",
                        "WEIR-MIB",
                        "127.0.0.1:" + snmpPort,
                        "WEIR-MIB::weirVsName"));
        return Tool.required("snmpwalk", "apt-get install snmp")
                .with("MIBDIRS", MibFiles.netSnmpPath())
                .run(arguments.toArray(String[]::new));
    }

    private static List<String> user(String name, String authentication, String privacy) {
        return List.of(
                "-v3",
                "-l",
                "authPriv",
                "-u",
                name,
                "-a",
                "SHA-256",
                "-A",
                authentication,
                "-x",
                "AES",
                "-X",
                privacy);
    }

    private String get(int port) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String east() {
        return """
        kind: cluster
        name: east
        spec:
          engine: embedded
        ---
        kind: node
        name: east-1
        spec:
          agent: https://127.0.0.1:%d
          snmp: 127.0.0.1:%d
        """
                .formatted(agentPort, snmpPort);
    }

    private static String site(int port, Backend backend) {
        return """
        kind: targetGroup
        name: site
        spec:
          algorithm: roundRobin
          targets:
            - name: %s
              address: 127.0.0.1
              port: %d
        ---
        kind: virtualServer
        name: site
        spec:
          address: 127.0.0.1
          port: %d
          protocol: HTTP
          defaultTargetGroup: site
        """
                .formatted(backend.name(), backend.port(), port);
    }

    private static int freePort() throws IOException {
        return Site.freePort();
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
