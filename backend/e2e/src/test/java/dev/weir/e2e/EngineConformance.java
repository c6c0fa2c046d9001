package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ResourceStatus;
import dev.weir.api.ResourceView;
import dev.weir.model.HealthMonitor;
import dev.weir.model.Kind;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import okhttp3.Request;
import okhttp3.RequestBody;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What every engine must do, through the whole way: REST, revision, xDS, sockets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineConformance {
    @TempDir static Path directory;

    private Lab lab;
    private Site site;
    private Backend red;
    private Backend blue;

    /// Options of `weir lab` that choose the engine.
    abstract List<String> engineOptions();

    @BeforeAll
    void start() throws Exception {
        List<String> options = new ArrayList<>(engineOptions());
        options.addAll(List.of("--traffic", "off"));
        lab = Lab.start(directory, options.toArray(String[]::new));
        site = new Site(lab);
        red = new Backend("red");
        blue = new Backend("blue");
    }

    @AfterEach
    void clear() throws Exception {
        site.clear();
    }

    @AfterAll
    void stop() {
        if (site != null) {
            site.close();
            red.close();
            blue.close();
            lab.close();
        }
    }

    @Test
    void triesRulesInOrderByHostAndPath() throws Exception {
        int port = Site.freePort();
        site.put("red", Site.group(red));
        site.put("blue", Site.group(blue));
        site.put(
                "web",
                Site.http(
                        port,
                        null,
                        rule("exact", List.of(), RouteMatch.Path.Type.EXACT, "/a/b", "blue"),
                        rule("segment", List.of(), RouteMatch.Path.Type.PREFIX, "/a", "red"),
                        rule("regex", List.of(), RouteMatch.Path.Type.REGEX, "/v[0-9]+/.*", "blue"),
                        rule(
                                "wild",
                                List.of("*.example.org"),
                                RouteMatch.Path.Type.PREFIX,
                                "/",
                                "blue"),
                        rule(
                                "host",
                                List.of("www.example.com"),
                                RouteMatch.Path.Type.PREFIX,
                                "/",
                                "red")));
        site.awaitAnswer(port, "/a", 200, "red");

        Map<String, String> seen = new TreeMap<>();
        for (String path :
                List.of("/a", "/a/", "/a/b", "/a/b/c", "/ab", "/v1/x", "/v/x", "/a?q=/a/b")) {
            seen.put(path, site.get(port, "other.test", path).body());
        }
        assertThat(seen)
                .containsEntry("/a", "red")
                .containsEntry("/a/", "red")
                .containsEntry("/a/b", "blue")
                .containsEntry("/a/b/c", "red")
                .containsEntry("/v1/x", "blue")
                .containsEntry("/a?q=/a/b", "red");
        assertThat(site.get(port, "other.test", "/ab").status()).isEqualTo(404);
        assertThat(site.get(port, "other.test", "/v/x").status()).isEqualTo(404);
        assertThat(site.get(port, "deep.www.example.org", "/x").body()).isEqualTo("blue");
        assertThat(site.get(port, "WWW.example.com:8080", "/x").body()).isEqualTo("red");
        assertThat(site.get(port, "www.example.com", "/a/b").body()).isEqualTo("blue");
        assertThat(site.get(port, "example.org", "/x").status()).isEqualTo(404);
    }

    @Test
    void redirects() throws Exception {
        int port = Site.freePort();
        site.put("red", Site.group(red));
        site.put(
                "web",
                Site.http(
                        port,
                        "red",
                        redirect(
                                "secure",
                                "/s",
                                new RouteAction.Redirect("https", null, null, null, 301, false)),
                        redirect(
                                "moved",
                                "/m",
                                new RouteAction.Redirect(
                                        null, "new.example.org", 8443, "/there", 308, true))));
        site.awaitAnswer(port, "/", 200, "red");

        Site.Answer secure = site.get(port, "shop.test", "/s/x?y=1");
        assertThat(secure.status()).isEqualTo(301);
        assertThat(secure.location()).isEqualTo("https://shop.test/s/x?y=1");
        assertThat(site.get(port, "shop.test:8443", "/s").location())
                .isEqualTo("https://shop.test:8443/s");
        Site.Answer moved = site.get(port, "shop.test", "/m?y=1");
        assertThat(moved.status()).isEqualTo(308);
        assertThat(moved.location()).isEqualTo("http://new.example.org:8443/there");
    }

    @Test
    void splitsByTheWeightsOfTargetGroups() throws Exception {
        int port = Site.freePort();
        site.put("red", Site.group(red));
        site.put("blue", Site.group(blue));
        site.put("web", Site.http(port, null, split(9, 1)));
        Site.await("the split serves", () -> site.get(port, "/").status() == 200);

        int toRed = 0;
        for (int i = 0; i < 1000; i++) {
            if (site.get(port, "/").body().equals("red")) {
                toRed++;
            }
        }
        assertThat(toRed).isBetween(840, 950);

        site.put("web", Site.http(port, null, split(0, 1)));
        Site.await("all goes to blue", () -> tenFrom(port).equals(Map.of("blue", 10)));
    }

    @Test
    void takesTurnsByTheWeightsOfTargets() throws Exception {
        int port = Site.freePort();
        TargetGroup group = Site.group(red, blue).withTarget("red", target -> target.withWeight(4));
        site.put("both", group);
        site.put("web", Site.http(port, "both"));
        Site.await("both serve", () -> tenFrom(port).size() == 2);

        assertThat(share(port, 100, "red")).isBetween(75, 85);
    }

    @Test
    void leastConnectionsLeavesABusyTargetAlone() throws Exception {
        int port = Site.freePort();
        TargetGroup group = Site.group(red, blue);
        site.put(
                "both",
                new TargetGroup(
                        TargetGroup.Algorithm.LEAST_CONNECTIONS,
                        null,
                        group.connectTimeout(),
                        group.targets()));
        site.put("web", Site.http(port, "both"));
        Site.await("both serve", () -> site.get(port, "/").status() == 200);
        CountDownLatch redGate = red.holdSlowRequests();
        CountDownLatch blueGate = blue.holdSlowRequests();
        try {
            CompletableFuture<Site.Answer> first = slow(port);
            CompletableFuture<Site.Answer> second = slow(port);
            blueGate.countDown();
            Site.await("one request still waits on red", () -> first.isDone() || second.isDone());

            assertThat(share(port, 20, "blue")).isEqualTo(20);

            redGate.countDown();
            assertThat(
                            List.of(
                                    first.get(10, TimeUnit.SECONDS).body(),
                                    second.get(10, TimeUnit.SECONDS).body()))
                    .containsExactlyInAnyOrder("red", "blue");
        } finally {
            redGate.countDown();
            blueGate.countDown();
        }
    }

    @Test
    void drainFinishesWhatRunsAndTakesNothingNew() throws Exception {
        int port = Site.freePort();
        site.put("both", Site.group(red));
        site.put("web", Site.http(port, "both"));
        site.awaitAnswer(port, "/", 200, "red");
        CountDownLatch gate = red.holdSlowRequests();
        try {
            CompletableFuture<Site.Answer> running = slow(port);
            site.put(
                    "both",
                    Site.group(red, blue)
                            .withTarget(
                                    "red",
                                    target -> target.withAdminState(Target.AdminState.DRAIN)));
            Site.await("nothing new goes to red", () -> tenFrom(port).equals(Map.of("blue", 10)));
            assertThat(running).isNotDone();
            gate.countDown();
            assertThat(running.get(10, TimeUnit.SECONDS).body()).isEqualTo("red");
        } finally {
            gate.countDown();
        }
        site.client().setTargetState(Site.CLUSTER, "both", "red", Target.AdminState.ENABLED);
        Site.await("red serves again", () -> tenFrom(port).size() == 2);
        site.client().setTargetState(Site.CLUSTER, "both", "red", Target.AdminState.OFFLINE);
        Site.await("red is gone", () -> tenFrom(port).equals(Map.of("blue", 10)));
    }

    @Test
    void answers404WithoutARuleAnd503WithoutAServingTarget() throws Exception {
        int port = Site.freePort();
        site.put("none", Site.group());
        site.put("red", Site.group(red));
        site.put(
                "web",
                Site.http(
                        port,
                        null,
                        rule("none", List.of(), RouteMatch.Path.Type.PREFIX, "/none", "none"),
                        rule("red", List.of(), RouteMatch.Path.Type.PREFIX, "/red", "red")));
        site.awaitAnswer(port, "/red", 200, "red");

        assertThat(site.get(port, "/").status()).isEqualTo(404);
        assertThat(site.get(port, "/none").status()).isEqualTo(503);
    }

    @Test
    void leavesOutATargetThatFailsItsHealthMonitorAndTakesItBack() throws Exception {
        int port = Site.freePort();
        TargetGroup group = Site.group(red, blue);
        HealthMonitor monitor =
                new HealthMonitor(
                        "/healthz",
                        null,
                        Duration.ofMillis(200),
                        Duration.ofMillis(150),
                        1,
                        1,
                        List.of(new HealthMonitor.StatusRange(200, 200)));
        site.put(
                "both",
                new TargetGroup(
                        group.algorithm(), monitor, group.connectTimeout(), group.targets()));
        site.put("web", Site.http(port, "both"));
        Site.await("both serve", () -> tenFrom(port).size() == 2);

        red.healthy(false);
        try {
            Site.await("red is left out", () -> tenFrom(port).equals(Map.of("blue", 10)));
        } finally {
            red.healthy(true);
        }
        Site.await("red is back", () -> tenFrom(port).size() == 2);
    }

    @Test
    void tellsTargetsWhoAsksAndHow() throws Exception {
        int port = Site.freePort();
        site.put("red", Site.group(red));
        site.put("web", Site.http(port, "red"));
        site.awaitAnswer(port, "/", 200, "red");

        String seen =
                site.get(port, "shop.test", "/headers").body().toLowerCase(java.util.Locale.ROOT);

        assertThat(seen).contains("host: [shop.test]").contains("x-forwarded-proto: [http]");
        Matcher client = Pattern.compile("x-forwarded-for: \\[(.+)]").matcher(seen);
        assertThat(client.find()).as(seen).isTrue();
        // of a client on loopback, Envoy tells another address of the same machine
        assertThat(NetworkInterface.getByInetAddress(InetAddress.ofLiteral(client.group(1))))
                .as(client.group())
                .isNotNull();
    }

    @Test
    void carriesBodiesOfAnySizeBothWays() throws Exception {
        int port = Site.freePort();
        site.put("red", Site.group(red));
        site.put("web", Site.http(port, "red"));
        site.awaitAnswer(port, "/", 200, "red");
        byte[] body =
                "0123456789abcdef"
                        .repeat(5 * 65536)
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        Site.Answer answer =
                site.send(
                        new Request.Builder()
                                .url(Site.at(port, "/echo").toString())
                                .post(RequestBody.create(body, null))
                                .build());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .hasSize(body.length)
                .startsWith("0123456789abcdef")
                .endsWith("cdef");
        assertThat(site.get(port, "/nothing").status()).isEqualTo(204);
        assertThat(
                        site.send(
                                        new Request.Builder()
                                                .url(Site.at(port, "/").toString())
                                                .head()
                                                .build())
                                .status())
                .isEqualTo(200);
    }

    @Test
    void showsARejectionOnTheVirtualServerThatCausedItAndHoldsBackNothingElse() throws Exception {
        site.put("red", Site.group(red));
        site.put("blue", Site.group(blue));
        int good = Site.freePort();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            site.put("blocked", Site.http(taken.getLocalPort(), "red"));
            Site.await(
                    "the rejection shows",
                    () -> status("blocked").provisioning() == ResourceStatus.Provisioning.REJECTED);
            Duration shown = Duration.ofNanos(System.nanoTime() - start);

            ResourceStatus.NodeRejection rejection = status("blocked").rejections().getFirst();
            assertThat(shown).isLessThan(Duration.ofSeconds(1));
            assertThat(rejection.node()).isEqualTo("lab-1");
            assertThat(rejection.field()).isEqualTo("spec.port");
            assertThat(rejection.message()).contains(Integer.toString(taken.getLocalPort()));

            site.put("sibling", Site.http(good, "red"));
            site.awaitAnswer(good, "/", 200, "red");
            site.put("sibling", Site.http(good, "blue"));
            site.awaitAnswer(good, "/", 200, "blue");
            assertThat(status("sibling").rejections()).isEmpty();
        }
        int free = Site.freePort();
        site.put("blocked", Site.http(free, "red"));
        site.awaitAnswer(free, "/", 200, "red");
        Site.await(
                "the rejection is gone",
                () -> status("blocked").provisioning() == ResourceStatus.Provisioning.APPLIED);
    }

    @Test
    void movesAVirtualServerToThePortThatAnotherLeavesInTheSameEdit() throws Exception {
        int one = Site.freePort();
        int two = Site.freePort();
        int three = Site.freePort();
        site.put("red", Site.group(red));
        site.put("blue", Site.group(blue));
        site.put("first", Site.http(one, "red"));
        site.put("second", Site.http(two, "blue"));
        site.awaitAnswer(one, "/", 200, "red");
        site.awaitAnswer(two, "/", 200, "blue");

        site.client()
                .apply("lab", at("first", two, "red") + at("second", three, "blue"), false, "");
        site.awaitAnswer(two, "/", 200, "red");
        site.awaitAnswer(three, "/", 200, "blue");
        Site.await("the port that nobody wants is closed", () -> refusesConnections(one));

        // two and three traded, by way of one
        site.client().apply("lab", at("first", one, "red"), false, "");
        site.client()
                .apply("lab", at("first", three, "red") + at("second", two, "blue"), false, "");
        site.awaitAnswer(three, "/", 200, "red");
        site.awaitAnswer(two, "/", 200, "blue");
        assertThat(status("first").rejections()).isEmpty();
        assertThat(status("second").rejections()).isEmpty();
    }

    private static String at(String name, int port, String group) {
        return """
        ---
        kind: virtualServer
        name: %s
        spec:
          address: 127.0.0.1
          port: %d
          protocol: HTTP
          defaultTargetGroup: %s
        """
                .formatted(name, port, group);
    }

    @Test
    void stopsListeningWhenDisabledOrDeleted() throws Exception {
        int port = Site.freePort();
        site.put("red", Site.group(red));
        VirtualServer enabled = Site.http(port, "red");
        site.put("web", enabled);
        site.awaitAnswer(port, "/", 200, "red");

        site.put(
                "web",
                new VirtualServer(
                        enabled.address(),
                        port,
                        enabled.protocol(),
                        VirtualServer.AdminState.DISABLED,
                        List.of(),
                        null,
                        List.of(),
                        "red"));
        Site.await("it refuses connections", () -> refusesConnections(port));
        site.put("web", enabled);
        site.awaitAnswer(port, "/", 200, "red");
        site.delete(Kind.VIRTUAL_SERVER, "web");
        Site.await("it refuses connections", () -> refusesConnections(port));
    }

    @Test
    void losesNoRequestWhileItIsEditedTwoHundredTimes() throws Exception {
        int port = Site.freePort();
        site.put("red", Site.group(red));
        site.put("blue", Site.group(blue));
        site.put("both", Site.group(red, blue));
        site.put("web", Site.http(port, "both", split(1, 1)));
        Site.await("it serves", () -> site.get(port, "/split").status() == 200);

        CompletableFuture<Wrk.Verdict> load =
                CompletableFuture.supplyAsync(
                        () -> Wrk.load(Site.at(port, "/split"), 64, Duration.ofSeconds(20)));
        long end = System.nanoTime() + Duration.ofSeconds(18).toNanos();
        int edits = 0;
        while (edits < 200 && System.nanoTime() < end) {
            int step = edits;
            switch (step % 5) {
                case 0 -> site.put("web", Site.http(port, "both", split(1 + step % 7, 1)));
                case 1 ->
                        site.client()
                                .setTargetState(
                                        Site.CLUSTER, "both", "red", Target.AdminState.DRAIN);
                case 2 ->
                        site.put(
                                "web",
                                Site.http(
                                        port,
                                        "both",
                                        split(1, 2),
                                        rule(
                                                "extra-" + step,
                                                List.of(),
                                                RouteMatch.Path.Type.PREFIX,
                                                "/x" + step,
                                                "blue")));
                case 3 ->
                        site.client()
                                .setTargetState(
                                        Site.CLUSTER, "both", "red", Target.AdminState.ENABLED);
                default ->
                        site.put(
                                "both",
                                Site.group(red, blue)
                                        .withTarget(
                                                "blue", target -> target.withWeight(1 + step % 9)));
            }
            edits++;
        }
        Wrk.Verdict verdict = load.get(60, TimeUnit.SECONDS);

        assertThat(edits).isEqualTo(200);
        assertThat(verdict.completed()).isGreaterThan(1000);
        assertThat(verdict.failed()).as(verdict.output()).isZero();
    }

    private ResourceStatus status(String virtualServer) throws Exception {
        ResourceView view =
                site.client().get(Site.CLUSTER, Kind.VIRTUAL_SERVER, virtualServer).value();
        assertThat(view.status()).isNotNull();
        return view.status();
    }

    private static RouteRule rule(
            String name, List<String> hosts, RouteMatch.Path.Type type, String path, String group) {
        return new RouteRule(
                name,
                new RouteMatch(hosts, new RouteMatch.Path(type, path)),
                RouteAction.Forward.to(group));
    }

    private static RouteRule redirect(String name, String path, RouteAction.Redirect action) {
        return new RouteRule(
                name,
                new RouteMatch(List.of(), new RouteMatch.Path(RouteMatch.Path.Type.PREFIX, path)),
                action);
    }

    private static RouteRule split(int toRed, int toBlue) {
        return new RouteRule(
                "split",
                RouteMatch.EVERYTHING,
                new RouteAction.Forward(
                        List.of(
                                new RouteAction.Weighted("red", toRed),
                                new RouteAction.Weighted("blue", toBlue))));
    }

    private Map<String, Integer> tenFrom(int port) throws Exception {
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            seen.merge(site.get(port, "/").body(), 1, Integer::sum);
        }
        return seen;
    }

    private int share(int port, int requests, String backend) throws Exception {
        int hits = 0;
        for (int i = 0; i < requests; i++) {
            if (site.get(port, "/").body().equals(backend)) {
                hits++;
            }
        }
        return hits;
    }

    private CompletableFuture<Site.Answer> slow(int port) {
        CompletableFuture<Site.Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        answer.complete(site.get(port, "/slow"));
                    } catch (Exception failed) {
                        answer.completeExceptionally(failed);
                    }
                });
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    private static boolean refusesConnections(int port) {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (java.io.IOException refused) {
            return true;
        }
    }
}
