package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.dashboard.Metric;
import dev.weir.console.dashboard.TrafficHistory;
import dev.weir.console.dashboard.TrafficSample;
import dev.weir.console.flame.FlameGraphView;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Page;
import dev.weir.model.Diagnosis;
import dev.weir.model.Kind;
import dev.weir.model.Resource;
import dev.weir.model.VirtualServer;
import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// From connecting to a flame graph in the console's real window, on a real lab: nothing is faked
/// but the display.
///
/// Draws the pages it comes by into `target/screenshots`. With `-Dweir.screenshots=DIRECTORY` it
/// draws into that directory, after a minute and a half of traffic, so that the charts are full.
class ConsoleLoopTest {
    private static final String ASKED_PICTURES = System.getProperty("weir.screenshots", "");
    private static final Path PICTURES =
            Path.of(ASKED_PICTURES.isEmpty() ? "target/screenshots" : ASKED_PICTURES);
    private static final int CHART_SECONDS = ASKED_PICTURES.isEmpty() ? 5 : 90;
    private static final String PROFILE_SECONDS = ASKED_PICTURES.isEmpty() ? "4" : "20";
    private static final String MOVED = "spec.rules[0].action.redirect.path";
    private static final String WEB_SHARE = "spec.rules[3].action.forward[0].weight";
    private static final String NEXT_SHARE = "spec.rules[3].action.forward[1].weight";
    private static final Set<String> NUMBERS =
            Set.of(
                    "weirVsTotReqs",
                    "weirVsRps",
                    "weirVsCurConns",
                    "weirVsKbpsIn",
                    "weirVsKbpsOut",
                    "weirVsErrorRatio",
                    "weirVsLatP50",
                    "weirVsLatP99");

    @TempDir static Path directory;

    private Lab lab;
    private Site site;
    private NetSnmp snmp;
    private Operator operator;
    private int port;
    private int index;
    private long asked;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start(directory, "--traffic", "off");
        site = new Site(lab);
        snmp = new NetSnmp(lab);
        operator =
                new Operator(
                        Files.createDirectories(directory.resolve("settings")),
                        directory.resolve("ready.json"),
                        PICTURES);
        port = lab.ready().virtualServers().get("shop").getPort();
    }

    @AfterEach
    void stop() throws Exception {
        if (operator != null) {
            operator.leave();
        }
        if (site != null) {
            site.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void walksFromOneEditToOneFlameGraph() throws Exception {
        connectByTheFormAndKeepIt();
        operator.draw("connect", () -> awaitId("connect-lab"));
        openTheSavedConnection();
        operator.click("connect-lab");
        operator.clickWords("shop");
        operator.await("the page of shop", () -> front() instanceof Page.Server);
        index = operator.see(() -> shop().metadata().index());
        long before = snmp.row(index, "weirVsTotReqs").get("weirVsTotReqs");

        long answered;
        try (Shoppers shoppers =
                new Shoppers(lab.ready().virtualServers().get("shop"), 8, Duration.ofMillis(60))) {
            showsLiveNumbersThatAreThoseOfSnmp();
            editsWithInlineProblemsReviewProgressAndUndo();
            shoppers.pace(Duration.ofMillis(4));
            diagnose();
            shoppers.pace(Duration.ZERO);
            Diagnosis run = diagnose();
            showsTheFlameGraphOfTheArtifact(run);
            comparesWithTheHealthyRun();
            shoppers.leave();
            assertThat(shoppers.failures()).isEmpty();
            answered = shoppers.answered();
        }
        totalsStandStillAndAreTheSameEverywhere(before + answered + asked);
    }

    // ---- connect

    private void connectByTheFormAndKeepIt() throws Exception {
        operator.type("connect-name", "shop-eu");
        operator.type("connect-address", lab.ready().admin().toString());
        operator.type("connect-authority", lab.ready().ca());
        operator.type("connect-token", token());
        operator.type("connect-community", lab.ready().snmp().community());
        operator.click("connect-submit");
        operator.await("the tree is there", () -> operator.reads("shop"));
        operator.see(() -> disconnect());
        try (var files = Files.walk(directory.resolve("settings"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s keeps no token in clear", file)
                        .doesNotContain(token());
            }
        }
    }

    private void openTheSavedConnection() throws Exception {
        operator.click("open-saved");
        operator.await("the tree is there again", () -> operator.reads("shop"));
        operator.see(() -> disconnect());
    }

    private boolean disconnect() {
        operator.window().shell().disconnect();
        return true;
    }

    private String token() throws Exception {
        return Files.readString(Path.of(lab.ready().tokenFile())).strip();
    }

    // ---- numbers

    private void showsLiveNumbersThatAreThoseOfSnmp() throws Exception {
        Site.await(
                "the chart of requests moves",
                () -> operator.see(() -> measured() >= 5 && history().newest() != null));
        Set<Long> compared = new HashSet<>();
        Site.await(
                "three readings of the chart meet those of snmpget",
                () -> {
                    Map<String, Long> row = snmp.row(index, NUMBERS.toArray(String[]::new));
                    TrafficSample shown = operator.see(() -> history().newest());
                    // while requests come, the total names the moment of the reading
                    if (row.get("weirVsRps") > 0
                            && shown.totalRequests() == row.get("weirVsTotReqs")) {
                        assertThat(ofChart(shown)).isEqualTo(row);
                        compared.add(shown.totalRequests());
                    }
                    return compared.size() >= 3;
                });
        assertThat(operator.text("data-age")).startsWith("Measured");
        long until = System.nanoTime() + Duration.ofSeconds(3L * CHART_SECONDS).toNanos();
        while (operator.see(this::measured) < CHART_SECONDS && System.nanoTime() < until) {
            Thread.sleep(200);
        }
        operator.draw("virtual-server", () -> awaitId("data-age"));
    }

    /// The readings that the line of requests holds.
    private int measured() {
        return history().of(Metric.REQUESTS).size();
    }

    /// What the charts hold, in the units of the MIB.
    private Map<String, Long> ofChart(TrafficSample newest) throws Exception {
        return operator.see(() ->
                Map.of(
                        "weirVsTotReqs", newest.totalRequests(),
                        "weirVsRps", whole(Metric.REQUESTS, 1),
                        "weirVsCurConns", whole(Metric.CONNECTIONS, 1),
                        "weirVsKbpsIn", whole(Metric.BITS_IN, 0.001),
                        "weirVsKbpsOut", whole(Metric.BITS_OUT, 0.001),
                        "weirVsErrorRatio", whole(Metric.ERRORS, 100),
                        "weirVsLatP50", whole(Metric.LATENCY_P50, 1000),
                        "weirVsLatP99", whole(Metric.LATENCY_P99, 1000)));
    }

    private long whole(Metric metric, double scale) {
        return Math.round(history().of(metric).last() * scale);
    }

    private void totalsStandStillAndAreTheSameEverywhere(long total) throws Exception {
        operator.see(() -> {
            operator.window().shell().open(new Page.Server(Site.CLUSTER, "shop"));
            return true;
        });
        Site.await(
                "the total of the chart stands where the shoppers left it",
                () -> operator.see(() -> history().newest().totalRequests() == total));
        assertThat(snmp.row(index, "weirVsTotReqs")).containsValue(total);
        assertThat(snmp.walk("weirVsTotReqs")).containsEntry(index, total);
        assertThat(snmp.cell("weirVsStatsTable", index, "weirVsTotReqs"))
                .isEqualTo(Long.toString(total));
        operator.await(
                "the page prints the total",
                () -> operator.reads(String.format(Locale.ENGLISH, "%,d", total)));
    }

    // ---- edit

    private void editsWithInlineProblemsReviewProgressAndUndo() throws Exception {
        operator.click("configuration");
        operator.type("spec.port", "99999");
        operator.await(
                "the problem stands at its field, and nothing can be reviewed",
                () ->
                        operator.allText(".field-problem").contains("65535")
                                && operator.find("review-changes")
                                        .filter(Node::isDisabled)
                                        .isPresent());
        operator.type("spec.port", Integer.toString(port));
        operator.draw("editor-diff", this::editAndReview);

        operator.click("apply-changes");
        operator.await(
                "every node has it",
                () ->
                        operator.allText("#rollout-progress").contains("1/1")
                                && operator.allText("#rollout-progress").contains("Applied"));
        Site.await("traffic follows the edit", () -> redirectsTo("/new-home"));

        operator.push(KeyCode.CONTROL, KeyCode.Z);
        operator.click("dialog-yes");
        Site.await("traffic follows the undo", () -> redirectsTo("/"));
        operator.await(
                "the editor shows what is declared again",
                () ->
                        shop().spec().rules().get(3).toString().contains("weight=9")
                                && operator.find("rollout-progress").isEmpty());
        operator.push(KeyCode.CONTROL, KeyCode.L);
    }

    private void editAndReview() throws Exception {
        if (operator.see(() -> operator.find("apply-changes").isPresent())) {
            return;
        }
        operator.click("configuration");
        operator.clickWords("moved");
        operator.type(MOVED, "/new-home");
        operator.clickWords("search");
        operator.type(WEB_SHARE, "7");
        operator.type(NEXT_SHARE, "3");
        operator.click("review-changes");
        awaitId("apply-changes");
    }

    private boolean redirectsTo(String path) throws Exception {
        Site.Answer answer = site.get(port, "/old");
        asked++;
        return answer.status() == 301
                && answer.location().equals("http://127.0.0.1:" + port + path);
    }

    // ---- diagnose

    private Diagnosis diagnose() throws Exception {
        operator.see(() -> {
            operator.window().shell().open(new Page.Server(Site.CLUSTER, "shop"));
            return true;
        });
        operator.click("diagnose");
        operator.await("what can be done is offered", () -> operator.reads("proxy-profile"));
        operator.type("parameter-seconds", "0");
        operator.await(
                "the problem stands at its field",
                () -> operator.allText(".field-problem").contains("must be between 1 and 300"));
        operator.type("parameter-seconds", PROFILE_SECONDS);
        operator.click("diagnose-start");
        Site.await("the run is shown", () -> operator.see(() -> front() instanceof Page.Run));
        Page.Run page = (Page.Run) operator.see(this::front);
        operator.await("its step runs", () -> operator.reads("Running"));
        operator.await(
                "the run ends",
                () -> session().diagnosis(page.id()).orElseThrow().status().phase().isFinal());
        Diagnosis run = operator.see(() -> session().diagnosis(page.id()).orElseThrow());
        assertThat(run.status().phase())
                .as("%s", run.status())
                .isEqualTo(Diagnosis.Phase.SUCCEEDED);
        operator.await("its page says so", () -> operator.reads("Succeeded"));
        return run;
    }

    private void showsTheFlameGraphOfTheArtifact(Diagnosis run) throws Exception {
        operator.draw("diagnosis-run", () -> awaitId("compare-profile"));
        operator.click("open-profile");
        operator.await("the flame graph is drawn", () -> graph() > 0);
        Diagnosis.Artifact artifact = run.status().steps().getFirst().artifacts().getFirst();
        int type =
                operator.see(() ->
                        operator.find(FlameGraphView.class)
                                .orElseThrow()
                                .viewModel()
                                .sampleTypeProperty()
                                .get());
        assertThat(operator.see(this::graph)).isEqualTo(read(artifact).total(type)).isPositive();
        operator.draw("flame-graph", () -> operator.await("it is drawn", () -> graph() > 0));
        operator.push(KeyCode.CONTROL, KeyCode.W);
    }

    private void comparesWithTheHealthyRun() throws Exception {
        operator.click("compare-profile");
        operator.await(
                "the comparison is drawn", () -> front() instanceof Page.Comparison && graph() > 0);
        operator.draw(
                "flame-graph-comparison", () -> operator.await("it is drawn", () -> graph() > 0));
    }

    private Profile read(Diagnosis.Artifact artifact) throws Exception {
        try (InputStream bytes = site.client().artifact(artifact.sha256())) {
            return ProfileReader.read(bytes, Limits.DEFAULT);
        }
    }

    /// What the flame graph in front adds up to, 0 before it is drawn.
    private long graph() {
        return operator.find(FlameGraphView.class).map(it -> it.viewModel().total()).orElse(0L);
    }

    // ---- what the window holds; on the user interface's thread

    private void awaitId(String id) throws Exception {
        operator.await(id + " is on the page", () -> operator.find(id).isPresent());
    }

    private Page front() {
        return operator.window().shell().frontProperty().get();
    }

    private LiveSession session() {
        return operator.window().shell().sessionProperty().get();
    }

    private LiveCluster cluster() {
        return session().cluster(Site.CLUSTER).orElseThrow();
    }

    @SuppressWarnings("unchecked") // asked by its kind
    private Resource<VirtualServer> shop() {
        return (Resource<VirtualServer>) cluster().find(Kind.VIRTUAL_SERVER, "shop").orElseThrow();
    }

    private TrafficHistory history() {
        return operator.window().traffic().orElseThrow().history(cluster(), index);
    }
}
