package dev.weir.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Certificate;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Rollout;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Secret;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.RealEnvoy;
import dev.weir.testkit.SampleSpecs;

import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The controller against a real Envoy: edits reach traffic, and one bad object stays alone.
class RealEnvoyTest {
    private static final Duration REPORTED = Duration.ofSeconds(1);

    @TempDir Path directory;
    private final InMemoryRevisions declared = new InMemoryRevisions("edge", Engine.ENVOY);
    private final Upstream one = new Upstream("one");
    private final Upstream two = new Upstream("two");
    private DiscoveryServer controller;
    private RealEnvoy envoy;

    @BeforeEach
    void start() throws IOException {
        RealEnvoy.required();
        controller = controller(0);
        envoy = RealEnvoy.start(directory, RealEnvoy.bootstrap("edge", "p1", controller.address()));
    }

    @AfterEach
    void stop() {
        if (envoy != null) {
            envoy.close();
            controller.close();
        }
        one.close();
        two.close();
    }

    @Test
    void trafficFollowsEachEdit() {
        int port = freePort();
        declared.put("pool", SampleSpecs.group(one.port()));
        declared.put("shop", SampleSpecs.http(port, "pool"));
        awaitBody(port, "/", "one");

        declared.put("pool", SampleSpecs.group(two.port()));
        awaitBody(port, "/", "two");

        declared.put("first", SampleSpecs.group(one.port()));
        declared.put(
                "shop",
                SampleSpecs.http(port, "pool", SampleSpecs.rule("a", List.of(), "/a", "first")));
        awaitBody(port, "/a/b", "one");
        assertThat(body(port, "/ab")).isEqualTo("two");

        long revision = declared.delete(Kind.VIRTUAL_SERVER, "shop").number();
        awaitApplied(revision);
        Eventually.holds(() -> assertThat(body(port, "/")).startsWith("no connection"));
    }

    @Test
    void aChangedClusterIsActiveAtOnce() {
        int port = freePort();
        declared.put("pool", SampleSpecs.group(one.port()));
        declared.put("shop", SampleSpecs.http(port, "pool"));
        awaitBody(port, "/", "one");

        TargetGroup least =
                new TargetGroup(
                        TargetGroup.Algorithm.LEAST_CONNECTIONS,
                        null,
                        Duration.ofSeconds(3),
                        SampleSpecs.group(one.port()).targets());
        awaitApplied(declared.put("pool", least).number());
        Eventually.within(
                Duration.ofSeconds(2),
                () ->
                        assertThat(envoy.admin("/config_dump?resource=dynamic_active_clusters"))
                                .contains("FULL_SCAN"));
    }

    @Test
    void aDrainedTargetGetsNoNewRequests() {
        int port = freePort();
        TargetGroup both = SampleSpecs.group(one.port(), two.port());
        declared.put("pool", both);
        declared.put("shop", SampleSpecs.http(port, "pool"));
        awaitBody(port, "/", "two");

        awaitApplied(
                declared.put(
                                "pool",
                                both.withTarget(
                                        "t" + two.port(),
                                        t -> t.withAdminState(Target.AdminState.DRAIN)))
                        .number());
        for (int i = 0; i < 6; i++) {
            assertThat(body(port, "/")).isEqualTo("one");
        }
    }

    @Test
    void aPortPassesFromOneVirtualServerToAnotherInOneRevision() {
        int first = freePort();
        int second = freePort();
        declared.put("ones", SampleSpecs.group(one.port()));
        declared.put("twos", SampleSpecs.group(two.port()));
        declared.put("a", SampleSpecs.http(first, "ones"));
        awaitApplied(declared.put("b", SampleSpecs.http(second, "twos")).number());

        int third = freePort();
        awaitApplied(
                declared.commit(
                                List.of(
                                        declared.change("a", SampleSpecs.http(second, "ones")),
                                        declared.change("b", SampleSpecs.http(third, "twos"))))
                        .number());
        assertThat(node().rejections()).isEmpty();
        awaitBody(second, "/", "one");
        awaitBody(third, "/", "two");
    }

    @Test
    void aPortInUseIsReportedOnItsVirtualServerAloneAndClearedWhenFixed() throws IOException {
        int port = freePort();
        declared.put("pool", SampleSpecs.group(one.port()));
        awaitApplied(declared.put("fine", SampleSpecs.http(port, "pool")).number());

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long bad =
                    declared.commit(
                                    List.of(
                                            declared.change(
                                                    "bad",
                                                    SampleSpecs.http(taken.getLocalPort(), "pool")),
                                            declared.change(
                                                    "good", SampleSpecs.http(freePort(), "pool"))))
                            .number();
            Eventually.within(
                    REPORTED,
                    () -> {
                        Rollout.NodeRollout node = node();
                        assertThat(node.rejections()).hasSize(1);
                        Rollout.Rejection rejection = node.rejections().getFirst();
                        assertThat(rejection.resource())
                                .isEqualTo(new Reference(Kind.VIRTUAL_SERVER, "bad"));
                        assertThat(rejection.field()).isEqualTo("spec.port");
                        assertThat(rejection.revision()).isEqualTo(bad);
                        assertThat(rejection.message()).containsIgnoringCase("address");
                    });
            int good = declared.now().virtualServers().get("good").spec().port();
            awaitBody(good, "/", "one");
            // all of it is there but what is refused, which the node goes on to say
            assertThat(node().applied()).isEqualTo(bad);
            assertThat(node().rejections()).hasSize(1);
        }
        int fixed = freePort();
        awaitApplied(declared.put("bad", SampleSpecs.http(fixed, "pool")).number());
        assertThat(node().rejections()).isEmpty();
        awaitBody(fixed, "/", "one");
        assertThat(body(port, "/")).isEqualTo("one");
    }

    @Test
    void aDeletionDuringARestartOfTheControllerIsAppliedAndTheRestStays() throws IOException {
        int stays = freePort();
        int goes = freePort();
        declared.put("pool", SampleSpecs.group(one.port()));
        declared.put("stays", SampleSpecs.http(stays, "pool"));
        awaitApplied(declared.put("goes", SampleSpecs.http(goes, "pool")).number());
        InetSocketAddress address = controller.address();
        long updates = counter("listener_manager.lds.update_success");

        controller.close();
        long revision = declared.delete(Kind.VIRTUAL_SERVER, "goes").number();
        controller = controller(address.getPort());

        awaitApplied(revision);
        Eventually.holds(() -> assertThat(body(goes, "/")).startsWith("no connection"));
        assertThat(body(stays, "/")).isEqualTo("one");
        assertThat(counter("listener_manager.lds.update_success")).isEqualTo(updates + 1);
        assertThat(counter("listener_manager.listener_modified")).isZero();
        assertThat(counter("cluster_manager.cluster_modified")).isZero();
    }

    @Test
    void anExpressionThatTheEngineRefusesIsReportedWithItsFieldAndTheOldRoutesServe() {
        int port = freePort();
        declared.put("pool", SampleSpecs.group(one.port()));
        declared.put("other", SampleSpecs.group(two.port()));
        declared.put("shop", SampleSpecs.http(port, "pool"));
        awaitBody(port, "/", "one");

        RouteRule plain = SampleSpecs.rule("plain", List.of(), "/p", "other");
        // Java's expressions know what RE2 does not
        RouteRule bad =
                new RouteRule(
                        "bad",
                        new RouteMatch(
                                List.of(),
                                new RouteMatch.Path(RouteMatch.Path.Type.REGEX, "/(?=a)b")),
                        RouteAction.Forward.to("pool"));
        declared.put("shop", SampleSpecs.http(port, "other", plain, bad));
        Eventually.within(
                REPORTED,
                () ->
                        assertThat(node().rejections())
                                .extracting(Rollout.Rejection::field)
                                .containsExactly("spec.rules[1].match.path.value"));
        assertThat(body(port, "/")).isEqualTo("one");
    }

    @Test
    void aCertificateThatCannotBeUsedIsReportedAndOneThatCanIsRotatedIn() throws Exception {
        int port = freePort();
        declared.put("pool", SampleSpecs.group(one.port()));
        declared.put("web", certificate("first"));
        declared.put("pay", SampleSpecs.https(port, "pool", "web"));
        Eventually.holds(() -> assertThat(presented(port)).isEqualTo("CN=first"));

        declared.put("web", certificate("second"));
        Eventually.holds(() -> assertThat(presented(port)).isEqualTo("CN=second"));

        declared.put("web", SampleSpecs.certificate("nonsense"));
        Eventually.within(
                REPORTED,
                () ->
                        assertThat(node().rejections())
                                .extracting(Rollout.Rejection::resource)
                                .containsExactly(new Reference(Kind.CERTIFICATE, "web")));
        assertThat(presented(port)).isEqualTo("CN=second");

        declared.put("web", certificate("third"));
        Eventually.holds(() -> assertThat(presented(port)).isEqualTo("CN=third"));
        Eventually.holds(() -> assertThat(node().rejections()).isEmpty());
    }

    @Test
    void noRequestFailsWhileTargetGroupsAreSwappedUnderneath() throws InterruptedException {
        int port = freePort();
        declared.put("g0", SampleSpecs.group(one.port(), two.port()));
        declared.put("shop", SampleSpecs.http(port, "g0"));
        awaitBody(port, "/", "one");

        AtomicBoolean stop = new AtomicBoolean();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        Thread client =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!stop.get()) {
                                String body = body(port, "/");
                                if (!body.equals("one") && !body.equals("two")) {
                                    failures.add(body);
                                }
                            }
                        });
        for (int i = 1; i <= 30; i++) {
            awaitApplied(
                    declared.commit(
                                    List.of(
                                            declared.change(
                                                    "g" + i,
                                                    SampleSpecs.group(one.port(), two.port())),
                                            declared.change(
                                                    "shop", SampleSpecs.http(port, "g" + i)),
                                            declared.removal(Kind.TARGET_GROUP, "g" + (i - 1))))
                            .number());
        }
        stop.set(true);
        client.join();
        assertThat(failures).isEmpty();
    }

    private static Certificate certificate(String name) throws Exception {
        X509Bundle bundle =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=" + name)
                        .addSanDnsName("localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        return new Certificate(bundle.getCertificatePEM(), new Secret(bundle.getPrivateKeyPEM()));
    }

    /// The subject of the certificate that the port shows.
    private static String presented(int port) {
        try {
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(
                    null,
                    InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
                    new SecureRandom());
            try (SSLSocket socket =
                    (SSLSocket)
                            trusting.getSocketFactory()
                                    .createSocket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(5000);
                socket.startHandshake();
                X509Certificate shown =
                        (X509Certificate) socket.getSession().getPeerCertificates()[0];
                return shown.getSubjectX500Principal().getName();
            }
        } catch (IOException notYet) {
            return notYet.toString();
        } catch (GeneralSecurityException broken) {
            throw new AssertionError(broken);
        }
    }

    private long counter(String name) {
        return envoy.admin("/stats?filter=" + name)
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
                .sum();
    }

    private DiscoveryServer controller(int port) throws IOException {
        DiscoveryServer server =
                new DiscoveryServer(
                        declared,
                        DiscoveryBinding.plain(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                        InstantSource.system(),
                        System::nanoTime);
        server.start();
        return server;
    }

    private Rollout.NodeRollout node() {
        Optional<Rollout> rollout = controller.rollout("edge");
        assertThat(rollout).isPresent();
        assertThat(rollout.orElseThrow().nodes()).containsKey("p1");
        return rollout.orElseThrow().nodes().get("p1");
    }

    private void awaitApplied(long revision) {
        Eventually.holds(() -> assertThat(node().applied()).as(envoy.log()).isEqualTo(revision));
    }

    private void awaitBody(int port, String path, String body) {
        Eventually.holds(() -> assertThat(body(port, path)).as(envoy.log()).isEqualTo(body));
    }

    private static String body(int port, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException refused) {
            return "no connection: " + refused;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
