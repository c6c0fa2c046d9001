package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.ApiException;
import dev.weir.api.Connection;
import dev.weir.api.LabClient;
import dev.weir.api.LabTraffic;
import dev.weir.api.TrafficLevel;
import dev.weir.model.Secret;
import dev.weir.testkit.MibFiles;
import dev.weir.testkit.Tool;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The operator's loop in a terminal, against a whole lab.
class WeirctlTest {
    @TempDir static Path directory;

    private static Lab lab;
    private static Site site;
    private static Terminal terminal;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(directory, "--traffic", "off");
        site = new Site(lab);
        terminal = Terminal.of(lab, directory);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            site.close();
            lab.close();
        }
    }

    @Test
    void showsWhatThereIsInEveryForm() throws Exception {
        assertThat(terminal.type("get", "virtual-servers").done().lines().toList())
                .hasSizeGreaterThanOrEqualTo(3)
                .first()
                .asString()
                .startsWith("NAME ")
                .endsWith("APPLIED");
        assertThat(terminal.type("get", "vs", "-o", "name").done())
                .contains("virtual-servers/pay\n", "virtual-servers/shop\n");
        JsonNode shop = terminal.type("get", "virtual-servers/shop", "-o", "json").json();
        assertThat(shop.at("/spec/port").asInt())
                .isEqualTo(lab.ready().virtualServers().get("shop").getPort());
        assertThat(terminal.type("describe", "tg", "web").done())
                .contains("algorithm: roundRobin", "web-3");
        terminal.file("shop.yaml", terminal.type("get", "vs", "shop", "-o", "yaml").done());
        assertThat(terminal.type("diff", "-f", "shop.yaml").done())
                .as("what was read is written back without a change")
                .isEmpty();
    }

    @Test
    void appliesAFileShowsTheDifferenceRollsBackAndDeletes() throws Exception {
        int port = Site.freePort();
        try (Backend red = new Backend("red");
                Backend blue = new Backend("blue")) {
            terminal.file("site.yaml", site("site", port, red));
            assertThat(terminal.type("diff", "-f", "site.yaml"))
                    .satisfies(diff -> assertThat(diff.exitCode()).isEqualTo(1))
                    .extracting(Terminal.Said::output)
                    .asString()
                    .contains("virtual server site (created)", "  + kind: virtualServer");
            assertThat(terminal.type("apply", "-f", "site.yaml", "-m", "first light").done())
                    .contains("target group site: created", "virtual server site: created")
                    .containsPattern("revision \\d+\n");
            site.awaitAnswer(port, "/", 200, "red");
            long first = newestRevision();
            assertThat(terminal.type("diff", "-f", "site.yaml").done()).isEmpty();
            assertThat(terminal.type("apply", "-f", "site.yaml").done())
                    .contains("nothing to change; revision " + first + " stays");

            terminal.file("site.yaml", site("site", port, blue));
            assertThat(terminal.type("diff", "-f", "site.yaml").output())
                    .contains("target group site (updated)", "blue", "red");
            terminal.type("apply", "-f", "site.yaml").done();
            site.awaitAnswer(port, "/", 200, "blue");

            assertThat(terminal.type("rollback", Long.toString(first)).done())
                    .contains("target group site: updated");
            site.awaitAnswer(port, "/", 200, "red");
            assertThat(terminal.type("revisions").done())
                    .contains("first light", "rollback to revision " + first);
            assertThat(terminal.type("rollout", "--wait", "10").done()).contains("lab-1   yes");

            assertThat(terminal.type("delete", "target-groups/site").refused(4)).contains("site");
            assertThat(terminal.type("delete", "vs", "site").done())
                    .isEqualTo("virtual server site: deleted\n");
            terminal.type("delete", "tg", "site").done();
            assertThat(terminal.type("get", "vs", "site").refused(3)).contains("does not exist");
        }
    }

    @Test
    void drainsATargetAndTakesItOfflineAndBackUnderTraffic() throws Exception {
        int port = Site.freePort();
        try (Backend red = new Backend("red");
                Backend blue = new Backend("blue")) {
            terminal.file("pair.yaml", site("pair", port, red, blue));
            terminal.type("apply", "-f", "pair.yaml").done();
            Site.await("both answer", () -> answering(port).equals(Set.of("red", "blue")));

            for (String state : List.of("drain", "offline")) {
                assertThat(terminal.type("target", state, "pair", "red").done())
                        .contains("target red of pair: " + state);
                Site.await("blue alone answers", () -> answering(port).equals(Set.of("blue")));
                int before = red.answered();
                assertThat(answering(port)).containsExactly("blue");
                assertThat(red.answered()).isEqualTo(before);
                terminal.type("target", "online", "pair", "red").done();
                Site.await("both answer again", () -> answering(port).size() == 2);
            }
            assertThat(terminal.type("target", "drain", "pair", "rad").refused(3)).contains("rad");
        }
    }

    @Test
    void tellsOfEditsWhileTheyAreMadeAndEndsAtOnceOnASignal() throws Exception {
        try (Terminal.Running watch = terminal.begin("watch");
                Terminal.Running once = terminal.begin("watch", "--once", "-o", "json")) {
            Site.await(
                    "both are connected",
                    () -> watch.said().contains("connected") && once.said().contains("connected"));
            assertThat(watch.said()).doesNotContain("missed");
            terminal.type("target", "drain", "web-next", "web-next-1").done();
            terminal.type("target", "online", "web-next", "web-next-1").done();

            Site.await(
                    "the revisions are told",
                    () ->
                            watch.said().lines().filter(line -> line.contains("web-next")).count()
                                    >= 2);
            Site.await("the rollout is told", () -> watch.said().contains("on 1/1 nodes"));
            assertThat(once.end().done().lines()).hasSize(2).last().asString().startsWith("{");
            long start = System.nanoTime();
            watch.process().destroy();
            Terminal.Said ended = watch.end();
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            assertThat(ended.errors()).isEmpty();
        }
    }

    @Test
    void countsWhatSnmpgetCounts() throws Exception {
        int port = Site.freePort();
        try (Backend red = new Backend("red")) {
            terminal.file("counted.yaml", site("counted", port, red));
            terminal.type("apply", "-f", "counted.yaml").done();
            site.awaitAnswer(port, "/", 200, "red");
            for (int i = 0; i < 40; i++) {
                site.get(port, "/");
            }
            Site.await("all are counted", () -> requests(counted()) == red.answered());
            JsonNode line = counted();
            int index = line.at("/stats/index").asInt();

            assertThat(requests(line)).isEqualTo(snmpget("weirVsTotReqs." + index));
            assertThat(line.at("/stats/responses/successful").asLong())
                    .isEqualTo(snmpget("weirVsRsp2xx." + index));
            assertThat(terminal.type("stats", "counted").done())
                    .contains("NODE", "P99 ms", "lab-1", Long.toString(requests(line)));
            assertThat(terminal.type("stats", "countd").refused(3)).contains("'counted'");
        }
    }

    @Test
    void diagnosesAndListsTheHottestFunctions() throws Exception {
        String said =
                terminal.type("diagnose", "shop", "-s", "go-profile", "-p", "seconds=1", "--wait")
                        .done();
        assertThat(said).contains("succeeded", "cpu", "heap", "goroutine");
        JsonNode diagnosis = terminal.type("diagnoses", "-o", "json").json().get(0);
        String id = diagnosis.path("id").asText();
        String sha = diagnosis.at("/status/steps/0/artifacts/0/sha256").asText();
        assertThat(said).contains(id, sha, "weirctl profile top " + id + "/STEP");

        String top = terminal.type("profile", "top", id + "/cpu", "-n", "5").done();
        assertThat(top).startsWith("cpu, total ").contains("FLAT%", "ms");
        assertThat(top.lines()).hasSizeBetween(3, 7);
        assertThat(terminal.type("profile", "top", sha, "-n", "5").done()).isEqualTo(top);
        JsonNode exact = terminal.type("profile", "top", sha, "-o", "json").json();
        assertThat(exact.path("unit").asText()).isEqualTo("nanoseconds");
        assertThat(exact.path("total").asLong()).isPositive();
        assertThat(terminal.type("profile", "top", id).refused(2)).contains(id + "/cpu");
        assertThat(terminal.type("diagnose", "-s", "go-profil").refused(5))
                .contains("did you mean 'go-profile'?");
        assertThat(terminal.type("diagnose", "shap", "-s", "go-profile").refused(3))
                .contains("virtual server shap");
    }

    @Test
    void storesOperationsSetsAndCredentials() throws Exception {
        terminal.file(
                "operation.yaml",
                """
                name: mine
                description: Of my own
                type: jvmProfile
                parameters:
                  pid: self
                  seconds: "2"
                timeout: 20s
                """);
        assertThat(terminal.type("operation", "apply", "-f", "operation.yaml").done())
                .isEqualTo("operation mine: stored\n");
        assertThat(terminal.type("operation", "get", "mine", "-o", "yaml").done())
                .contains("seconds: \"2\"");
        terminal.file(
                "set.yaml",
                """
                name: mine-twice
                steps:
                  - name: one
                    operation: mine
                """);
        terminal.type("operation-set", "apply", "-f", "set.yaml").done();
        assertThat(terminal.type("operation-set", "get").done()).contains("mine-twice");
        terminal.file(
                "credential.yaml",
                """
                name: cluster
                token: seven-seals
                origins:
                  - https://10.0.0.7:6443
                """);
        terminal.type("credential", "apply", "-f", "credential.yaml").done();
        assertThat(terminal.type("credential", "get", "-o", "yaml").done())
                .contains("10.0.0.7")
                .doesNotContain("seven-seals");

        terminal.file("typo.yaml", "name: mine\ntype: jvmProfile\ntimout: 20s\n");
        assertThat(terminal.type("operation", "apply", "-f", "typo.yaml").refused(5))
                .contains("timout is unknown; did you mean 'timeout'?");
        for (String[] last :
                new String[][] {
                    {"credential", "cluster"},
                    {"operation-set", "mine-twice"},
                    {"operation", "mine"}
                }) {
            terminal.type(last[0], "delete", last[1]).done();
            assertThat(terminal.type(last[0], "delete", last[1]).refused(3))
                    .contains(last[0] + " " + last[1] + ": does not exist");
        }
    }

    @Test
    void writesAnEditAndRefusesOneThatSomeoneElseOvertook() throws Exception {
        Files.createFile(directory.resolve("go"));
        terminal.file(
                "editor.sh",
                """
                touch "%1$s/opened"
                while [ ! -e "%1$s/go" ]; do sleep 0.05; done
                sed -i "s/^description: .*/description: $WORDS/" "$1"
                """
                        .formatted(directory));
        Terminal editor = terminal.with("EDITOR", "sh " + directory.resolve("editor.sh"));
        assertThat(editor.with("WORDS", "Mine").type("edit", "tg", "payments").done())
                .isEqualTo("target group payments: updated\n");
        assertThat(editor.with("WORDS", "Mine").type("edit", "tg/payments").done())
                .isEqualTo("target group payments: unchanged\n");

        Files.delete(directory.resolve("go"));
        Files.delete(directory.resolve("opened"));
        try (Terminal.Running slow = editor.with("WORDS", "Late").begin("edit", "tg", "payments")) {
            Site.await("the text is open", () -> Files.exists(directory.resolve("opened")));
            terminal.type("target", "drain", "payments", "payments-2").done();
            Files.createFile(directory.resolve("go"));
            String errors = slow.end().refused(4);
            assertThat(errors).contains("was changed by admin in revision", "your text is kept in");
            Path kept = Path.of(errors.lines().findFirst().orElseThrow().split(" kept in ", -1)[1]);
            assertThat(Files.readString(kept)).contains("description: Late");
            Files.delete(kept);
        }
        terminal.type("target", "online", "payments", "payments-2").done();
    }

    @Test
    void letsAColleagueInAndOutAgain() throws Exception {
        String[] create = {"user", "create", "eve", "-r", "viewer", "--password-stdin"};
        assertThat(terminal.feed("too short\n", create).refused(5)).contains("  password must");
        assertThat(terminal.feed("correct horse battery\n", create).done())
                .isEqualTo("user eve: created as viewer\n");
        assertThat(terminal.feed("correct horse battery\n", create).refused(4)).contains("exists");
        assertThat(terminal.type("user", "get", "-o", "name").done()).isEqualTo("admin\neve\n");

        Terminal eve = new Terminal(Files.createDirectory(directory.resolve("eve")), Map.of());
        String admin = lab.ready().admin().toString();
        String[] login = {
            "login", "--admin", admin, "--ca", lab.ready().ca(), "--user", "eve", "--password-stdin"
        };
        assertThat(eve.feed("correct horse battery\n", login).done()).contains("eve as viewer");
        assertThat(eve.type("delete", "vs", "shop").refused(5)).contains("editor");
        assertThat(eve.type("user", "get").refused(5)).contains("admin");
        assertThat(terminal.type("user", "set-roles", "eve", "-r", "operator,lab=editor").done())
                .isEqualTo("user eve: is operator,lab=editor\n");
        assertThat(eve.type("version").done()).contains("you are eve (editor)");

        Terminal.Said issued = eve.type("token", "issue", "script", "--lifetime", "1h");
        assertThat(issued.exitCode()).isZero();
        eve.file("script.token", issued.output());
        String[] useToken = {"get", "vs", "-o", "name", "--token-file", "script.token"};
        assertThat(eve.type(useToken).done()).contains("virtual-servers/shop");
        JsonNode token = eve.type("token", "get", "-o", "json").json().get(1);
        assertThat(token.path("name").asText()).isEqualTo("script");
        assertThat(issued.errors()).contains(token.path("id").asText());
        try (Terminal.Running watch = eve.begin("watch", "--token-file", "script.token")) {
            Site.await("eve watches", () -> watch.said().contains("connected"));
            eve.type("token", "revoke", token.path("id").asText()).done();
            assertThat(watch.end().refused(5)).contains("token");
        }
        assertThat(eve.type(useToken).refused(5)).contains("token");

        String[] change = {"user", "set-password", "eve", "--password-stdin"};
        assertThat(eve.feed("wrong horse\nanother horse battery\n", change).refused(5))
                .contains("current: is wrong");
        eve.feed("correct horse battery\nanother horse battery\n", change).done();
        assertThat(eve.type("get", "vs").refused(5)).contains("log in");
        eve.feed("another horse battery\n", login).done();
        assertThat(terminal.type("user", "delete", "eve").done()).isEqualTo("user eve: deleted\n");
        assertThat(eve.type("get", "vs").refused(5)).contains("log in");
        assertThat(terminal.type("user", "delete", "eve").refused(3)).contains("user eve");
        assertThat(terminal.type("user", "delete", "admin").refused(4)).contains("last admin");
    }

    @Test
    void namesTheFieldThatIsWrong() throws Exception {
        terminal.file("bad.yaml", "kind: virtualServer\nname: [x\n");
        assertThat(terminal.type("apply", "-f", "bad.yaml").refused(5))
                .contains("file bad.yaml: is not YAML", "line 2");
        terminal.file(
                "typo.yaml", site("typo", 8080).replace("defaultTargetGroup", "defaultTargetGrup"));
        assertThat(terminal.type("apply", "-f", "typo.yaml").refused(5))
                .contains(
                        "file typo.yaml: is not valid",
                        "virtual server typo: spec.defaultTargetGrup is unknown;"
                                + " did you mean 'defaultTargetGroup'?");
        assertThat(terminal.type("apply", "-f", "none.yaml").refused(1)).contains("none.yaml");
        assertThat(terminal.type("get", "virtual-servr").refused(2))
                .contains("did you mean 'virtual-server'?");
        assertThat(terminal.type("get", "vs", "--outptu", "json").refused(2))
                .contains("--output", "'weirctl get --help'");
        assertThat(terminal.type("get", "vs", "-o", "xml").refused(2)).contains("yaml");
    }

    @Test
    void saysWhyAServerIsOutOfReach() throws Exception {
        assertThat(terminal.type("get", "vs", "--admin", "https://no-such-host.invalid").refused(6))
                .contains("no-such-host.invalid");
        assertThat(
                        terminal.type(
                                        "get",
                                        "vs",
                                        "--admin",
                                        "https://127.0.0.1:" + Site.freePort())
                                .refused(6))
                .contains("cannot be reached");
        terminal.file("token", "guessed\n");
        assertThat(terminal.type("get", "vs", "--token-file", "token").refused(5))
                .contains("token", "log in");
        assertThat(terminal.type("watch", "--token-file", "token").refused(5)).contains("token");
        terminal.file("other-ca.pem", Files.readString(directory.resolve("data/admin/ca.pem")));
        assertThat(terminal.type("get", "vs", "--admin", lab.ready().admin().toString()).refused(6))
                .contains("--ca");
    }

    @Test
    void completesInBash() throws Exception {
        Tool bash = Tool.required("bash", "apt-get install bash");
        terminal.file("complete.sh", terminal.type("completion").done());
        Path script = directory.resolve("complete.sh");
        assertThat(bash.run("-n", script.toString())).isEqualTo(new Tool.Result(0, "", ""));
        assertThat(offered(bash, script, "weirctl", "tar")).containsExactly("target");
        assertThat(offered(bash, script, "weirctl", "get", "vir"))
                .containsExactly("virtual-servers");
        assertThat(offered(bash, script, "weirctl", "lab", "traffic", "h"))
                .containsExactly("heavy");
    }

    @Test
    void turnsTheLabsTrafficUpAndOff() throws Exception {
        assertThat(terminal.type("lab", "traffic").done()).contains("off");
        assertThat(terminal.type("lab", "traffic", "heavy").done()).contains("heavy");
        long before = traffic().answered();
        Site.await("pages are asked for", () -> traffic().answered() > before + 200);
        assertThat(terminal.type("lab", "traffic", "gentle", "-o", "name").done())
                .isEqualTo("gentle\n");
        assertThat(terminal.type("lab", "traffic", "off").done()).contains("off");
        assertThat(traffic().level()).isEqualTo(TrafficLevel.OFF);
        Site.await(
                "it is quiet",
                () -> {
                    long then = traffic().answered();
                    Thread.sleep(500);
                    return traffic().answered() == then;
                });
        assertThat(terminal.type("lab", "traffic", "havy").refused(2))
                .contains("did you mean 'heavy'?");
        assertThat(terminal.type("lab", "traffic", "--lab", "nowhere.json").refused(2))
                .contains("no lab runs");
    }

    @Test
    void opensTheLabsOwnDoorToItsTokenAlone() throws Exception {
        URI door = Objects.requireNonNull(lab.ready().control());
        String ca = Files.readString(Path.of(lab.ready().ca()));
        LabClient stranger =
                new LabClient(Connection.of(door, ca, new Secret("guessed"), "weir-e2e"));
        assertThatThrownBy(() -> stranger.traffic(TrafficLevel.HEAVY))
                .isInstanceOfSatisfying(
                        ApiException.class, refused -> assertThat(refused.status()).isEqualTo(401));
        assertThat(traffic().level()).isNotEqualTo(TrafficLevel.HEAVY);
    }

    private static LabTraffic traffic() throws Exception {
        JsonNode now = terminal.type("lab", "traffic", "-o", "json").json();
        return new LabTraffic(
                TrafficLevel.valueOf(now.path("level").asText().toUpperCase(java.util.Locale.ROOT)),
                now.path("answered").asLong(),
                now.path("failed").asLong());
    }

    private static long newestRevision() throws Exception {
        return terminal.type("revisions", "--limit", "1", "-o", "json")
                .json()
                .get(0)
                .path("number")
                .asLong();
    }

    private static JsonNode counted() throws Exception {
        return terminal.type("stats", "counted", "-o", "json").json().get(0);
    }

    private static long requests(JsonNode line) {
        return line.at("/stats/requests/total").asLong();
    }

    private static long snmpget(String object) {
        Tool.Result result =
                Tool.required("snmpget", "apt-get install snmp")
                        .with("MIBDIRS", MibFiles.netSnmpPath())
                        .run(
                                "-v2c",
                                "-c",
                                lab.ready().snmp().community(),
                                "-m",
                                "WEIR-MIB",
                                "-OqvU",
                                lab.ready().snmp().address(),
                                "WEIR-MIB::" + object);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return Long.parseLong(result.output().strip());
    }

    /// Who answers a dozen requests.
    private static Set<String> answering(int port) throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            names.add(site.get(port, "/").body());
        }
        return names;
    }

    /// What bash would offer for the last of these words.
    private static List<String> offered(Tool bash, Path script, String... words) {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            quoted.add("'" + word + "'");
        }
        Tool.Result result =
                bash.run(
                        "-c",
                        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_weirctl; printf '%%s\\n' \"${COMPREPLY[@]}\""
                                .formatted(script, String.join(" ", quoted), words.length - 1));
        return result.output().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /// A virtual server and its target group as a file of two documents.
    private static String site(String name, int port, Backend... backends) {
        StringBuilder targets = new StringBuilder();
        for (Backend backend : backends) {
            targets.append(
                    """
                        - name: %s
                          address: 127.0.0.1
                          port: %d
                    """
                            .formatted(backend.name(), backend.port()));
        }
        return """
        kind: targetGroup
        name: %1$s
        spec:
          algorithm: roundRobin
          targets:%2$s
        ---
        kind: virtualServer
        name: %1$s
        spec:
          address: 127.0.0.1
          port: %3$d
          protocol: HTTP
          defaultTargetGroup: %1$s
        """
                .formatted(
                        name,
                        backends.length == 0 ? " []" : "\n" + targets.toString().stripTrailing(),
                        port);
    }
}
