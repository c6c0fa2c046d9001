package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class WeirControlTest {
    private static final String CLUSTERS = "GET /api/v1/clusters";
    private static final String SERVERS = "GET /api/v1/clusters/lab/virtual-servers";
    private static final String METADATA =
            """
            "metadata": {"id": "6f1c1c3e-7f2b-4b51-9d0e-2f8a5f3f6a11", "index": 1, "revision": 1,
              "createdAt": "2026-11-23T00:00:00Z", "createdBy": "a",
              "updatedAt": "2026-11-23T00:00:00Z", "updatedBy": "a"}
            """;
    private static final String LAB =
            """
            {"kind": "cluster", "name": "lab", "spec": {"engine": "embedded",
              "deletionProtection": false}, %s}
            """
                    .formatted(METADATA);
    private static final String SHOP =
            """
            {"kind": "virtualServer", "name": "shop", "spec": {"address": "127.0.0.1",
              "port": 8080, "protocol": "HTTP", "defaultTargetGroup": "web"}, %s,
              "status": {"provisioning": "applied", "appliedNodes": 1, "totalNodes": 1,
              "rejections": []}}
            """
                    .formatted(METADATA);

    @TempDir private Path home;

    @SuppressWarnings("NullAway.Init") // made before each test
    private FakeServer server;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Shell shell;

    @BeforeEach
    void start() throws Exception {
        shell = new Shell(home);
        server =
                new FakeServer()
                        .on(CLUSTERS, 200, "{\"items\": [" + LAB + "], \"next\": null}")
                        .on(SERVERS, 200, "{\"items\": [" + SHOP + "], \"next\": null}")
                        .on(SERVERS + "/shop", 200, SHOP);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsAsATable() {
        assertThat(run("get", "virtual-servers")).isZero();
        assertThat(shell.output())
                .isEqualToNormalizingNewlines(
                        """
                        NAME   ADDRESS          PROTOCOL   STATE     RULES   DEFAULT   APPLIED
                        shop   127.0.0.1:8080   HTTP       enabled   0       web       1/1
                        """);
    }

    @Test
    void printsNamesThatItReadsBack() {
        assertThat(run("get", "vs", "-o", "name")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("virtual-servers/shop\n");
    }

    @Test
    void printsYamlAndJson() {
        assertThat(run("get", "vs", "shop", "-o", "yaml")).isZero();
        assertThat(shell.output())
                .startsWith("kind: virtualServer\nname: shop\n")
                .contains("  port: 8080\n");
        assertThat(run("get", "vs", "shop", "-o", "json")).isZero();
        assertThat(shell.output()).contains("\"port\" : 8080");
    }

    @Test
    void namesTheNearestKind() {
        assertThat(run("get", "virtual-servr")).isEqualTo(2);
        assertThat(shell.errors())
                .isEqualToNormalizingNewlines(
                        "weirctl: 'virtual-servr' is no kind of resource; did you mean 'virtual-server'?\n");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void endsWithThreeWhereNothingIsFound() {
        assertThat(run("get", "vs", "nope")).isEqualTo(3);
    }

    @Test
    void endsWithFourOnAConflict() {
        server.on(
                "DELETE /api/v1/clusters/lab/virtual-servers/shop",
                412,
                FakeServer.problem(412, "virtual server shop: was changed meanwhile"));
        assertThat(run("delete", "vs", "shop")).isEqualTo(4);
        assertThat(shell.errors())
                .isEqualToNormalizingNewlines(
                        "weirctl: virtual server shop: was changed meanwhile\n");
    }

    @Test
    void namesTheFieldsOfWhatIsRefusedAndEndsWithFive() throws Exception {
        server.on(
                "POST /api/v1/clusters/lab:apply",
                422,
                FakeServer.problem(
                        422,
                        "not valid",
                        "[{\"path\": \"spec.port\", \"message\": \"must be between 1 and 65535, is 0\"}]"));
        Path file = Files.writeString(home.resolve("shop.yaml"), "kind: virtualServer\n");
        assertThat(run("apply", "-f", file.toString())).isEqualTo(5);
        assertThat(shell.errors())
                .isEqualToNormalizingNewlines(
                        "weirctl: file %s: is not valid\n  spec.port must be between 1 and 65535, is 0\n"
                                .formatted(file));
    }

    @Test
    void endsWithSixWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(run("--admin-is-not-here", "x")).isEqualTo(2);
        assertThat(runAt(Map.of("WEIR_ADMIN", "http://127.0.0.1:" + port), "get", "clusters"))
                .isEqualTo(6);
    }

    @Test
    void saysWhatToDoWhereNoServerIsKnown() {
        assertThat(runAt(Map.of(), "get", "clusters")).isEqualTo(2);
        assertThat(shell.errors()).contains("start './weir lab', or use 'weirctl login'");
    }

    @Test
    void asksForTheClusterWhereThereAreSeveral() {
        server.on(
                CLUSTERS,
                200,
                "{\"items\": [%s, %s], \"next\": null}"
                        .formatted(LAB, LAB.replace("\"lab\"", "\"east\"")));
        assertThat(run("get", "vs")).isEqualTo(2);
        assertThat(shell.errors()).contains("choose one with --cluster: lab, east");
        assertThat(run("get", "vs", "--cluster", "lab")).isZero();
    }

    @Test
    void showsWhatApplyWouldChangeAndEndsWithOne() throws Exception {
        server.on(
                "POST /api/v1/clusters/lab:apply",
                200,
                """
                {"dryRun": true, "revision": 1, "problems": [], "changes": [
                  {"kind": "virtualServer", "name": "shop", "action": "updated", "differences": [
                    {"path": "spec.port", "before": 8080, "after": 8081}]}]}
                """);
        Path file = Files.writeString(home.resolve("shop.yaml"), "kind: virtualServer\n");
        assertThat(run("diff", "-f", file.toString())).isEqualTo(1);
        assertThat(shell.output())
                .isEqualToNormalizingNewlines(
                        """
                        virtual server shop (updated)
                          - spec.port: 8080
                          + spec.port: 8081
                        """);
    }

    @Test
    void keepsAPrivateTokenPerContext() throws Exception {
        server.on(
                "POST /api/v1/login",
                200,
                """
                {"token": "t-1", "user": "eve", "role": "editor",
                 "expiresAt": "2026-11-24T00:00:00Z"}
                """);
        Path password = Files.writeString(home.resolve("password"), "secret\n");
        assertThat(
                        runAt(
                                Map.of(),
                                "login",
                                "--admin",
                                server.address().toString(),
                                "--user",
                                "eve",
                                "--password-file",
                                password.toString(),
                                "--name",
                                "east",
                                "--cluster",
                                "lab"))
                .isZero();
        Path token = home.resolve(".weir").resolve("token-east");
        assertThat(Files.readString(token)).isEqualTo("t-1\n");
        assertThat(Files.getPosixFilePermissions(token)).hasSize(2);
        assertThat(runAt(Map.of(), "get", "vs", "-o", "name")).isZero();
        assertThat(runAt(Map.of(), "context", "list")).isZero();
        assertThat(shell.output()).contains("*         east   " + server.address());
        assertThat(runAt(Map.of(), "context", "use", "est")).isEqualTo(2);
        assertThat(shell.errors()).contains("did you mean 'east'?");
    }

    @Test
    void readsAProfileFromAFile() throws Exception {
        Path file =
                Files.writeString(home.resolve("stacks.txt"), "main;work;hash 30\nmain;rest 10\n");
        assertThat(run("profile", "top", file.toString(), "-n", "2")).isZero();
        assertThat(shell.output())
                .contains("FLAT   FLAT%    SUM%      CUM   CUM%     FUNCTION")
                .contains("30     75.00%   75.00%    30    75.00%   hash");
        assertThat(run("profile", "collapsed", file.toString())).isZero();
        assertThat(shell.output()).contains("main;work;hash 30");
        assertThat(run("profile", "top", home.resolve("none").toString())).isEqualTo(1);
    }

    @Test
    void namesTheDocumentOfAProblemAndNotItsNumber() throws Exception {
        server.on(
                "POST /api/v1/clusters/lab:apply",
                422,
                FakeServer.problem(
                        422,
                        "not valid",
                        "[{\"path\": \"[1].spec.port\", \"message\": \"is required\"},"
                                + " {\"path\": \"[2]\", \"message\": \"must be an object\"}]"));
        Path file =
                Files.writeString(
                        home.resolve("two.yaml"),
                        "kind: targetGroup\nname: web\n---\nkind: virtualServer\nname: shop\n");
        assertThat(run("apply", "-f", file.toString())).isEqualTo(5);
        assertThat(shell.errors())
                .contains("  virtual server shop: spec.port is required")
                .contains("  document 3: must be an object");
    }

    @Test
    void readsAKindAndANameInOneWord() {
        assertThat(run("get", "virtual-servers/shop", "-o", "name")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("virtual-servers/shop\n");
        assertThat(run("delete", "vs")).isEqualTo(2);
        assertThat(shell.errors()).contains("virtual server: which one?");
    }

    @Test
    void showsTheWholeHelpOnlyWhereACommandWasLeftOut() {
        assertThat(run("target")).isEqualTo(2);
        assertThat(shell.errors()).contains("Commands:").contains("drain");
        assertThat(run("get", "vs", "--outptu", "json")).isEqualTo(2);
        assertThat(shell.errors())
                .contains("--output")
                .contains("'weirctl get --help' says what it takes")
                .doesNotContain("Usage:");
    }

    @Test
    void roundsAmountsAsPeopleReadThem() {
        assertThat(Amounts.of(138_625_249, "nanoseconds")).isEqualTo("138.63ms");
        assertThat(Amounts.of(999, "nanoseconds")).isEqualTo("999ns");
        assertThat(Amounts.of(5 << 20, "bytes")).isEqualTo("5.00MB");
        assertThat(Amounts.of(7, "count")).isEqualTo("7");
    }

    @Test
    void completesItself() {
        assertThat(run("completion")).isZero();
        assertThat(shell.output())
                .contains("weirctl", "operation-set", "set-password", "--password-stdin");
    }

    private int run(String... arguments) {
        return runAt(Map.of("WEIR_ADMIN", server.address().toString()), arguments);
    }

    private int runAt(Map<String, String> environment, String... arguments) {
        return shell.run(environment, arguments);
    }
}
