package dev.weir.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Rollout;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;
import dev.weir.xds.XdsName;
import dev.weir.xds.XdsType;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Status;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The delta server over gRPC, against each known failing of other xDS servers.
class ConformanceTest {
    private static final Duration A_MOMENT = Duration.ofMillis(150);

    private final InMemoryRevisions declared = new InMemoryRevisions("edge", Engine.ENVOY);
    private DiscoveryServer controller;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        declared.put("pool", SampleSpecs.group(8080));
        declared.put("shop", SampleSpecs.http(80, "pool"));
        controller = controller();
        node = new TestNode(controller.address(), "edge", "p1");
    }

    @AfterEach
    void stop() {
        node.close();
        controller.close();
    }

    /// Pitfall 1: a refused version was sent again at once, thousands of times a second.
    @Test
    void doesNotSendARefusedVersionAgain() throws InterruptedException {
        inSync();
        declared.put("pool", SampleSpecs.group(8081));
        node.refuse(node.next(XdsType.ENDPOINT), "malformed");
        assertThat(node.hearsNothingFor(A_MOMENT)).isTrue();

        declared.put("pool", SampleSpecs.group(8082));
        node.accept(XdsType.ENDPOINT);
    }

    /// Pitfall 2: the good resources of a refused response were never sent again.
    @Test
    void sendsTheGoodResourcesOfARefusedResponse() {
        inSync();
        declared.commit(
                List.of(
                        declared.change("a", SampleSpecs.http(81, "pool")),
                        declared.change("b", SampleSpecs.http(82, "pool")),
                        declared.change("c", SampleSpecs.http(83, "pool"))));
        DeltaDiscoveryResponse all = node.next(XdsType.LISTENER);
        assertThat(all.getResourcesCount()).isEqualTo(3);
        String bad = name(Kind.VIRTUAL_SERVER, "b");
        node.refuse(all, "Error adding listener(s) " + bad + ": bad");

        DeltaDiscoveryResponse good = node.accept(XdsType.LISTENER);
        assertThat(names(good))
                .containsExactlyInAnyOrder(
                        name(Kind.VIRTUAL_SERVER, "a"), name(Kind.VIRTUAL_SERVER, "c"));
        DeltaDiscoveryResponse alone = node.next(XdsType.LISTENER);
        assertThat(names(alone)).containsExactly(bad);
        node.refuse(alone, "bad");
        Eventually.holds(() ->
                assertThat(rollout().rejections())
                        .extracting(one -> one.resource().name())
                        .containsExactly("b"));
    }

    /// Pitfall 3: after a reconnect removed resources stayed and current ones were sent again.
    @Test
    void aReconnectWithVersionsGetsTheDifferenceAndTheRemovals() throws InterruptedException {
        declared.put("other", SampleSpecs.http(81, "pool"));
        Map<String, String> listeners = versions(inSync());
        String gone = name(Kind.VIRTUAL_SERVER, "other");
        node.close();
        declared.delete(Kind.VIRTUAL_SERVER, "other");

        node = new TestNode(controller.address(), "edge", "p1");
        node.subscribeToAll(XdsType.CLUSTER, clusterVersions());
        node.subscribe(XdsType.ENDPOINT, name(Kind.TARGET_GROUP, "pool"));
        node.accept(XdsType.ENDPOINT);
        node.subscribeToAll(XdsType.LISTENER, listeners);
        DeltaDiscoveryResponse difference = node.accept(XdsType.LISTENER);
        assertThat(difference.getResourcesList()).isEmpty();
        assertThat(difference.getRemovedResourcesList()).containsExactly(gone);
        node.subscribe(XdsType.ROUTE, name(Kind.VIRTUAL_SERVER, "shop"));
        node.accept(XdsType.ROUTE);
        assertThat(node.hearsNothingFor(A_MOMENT)).isTrue();
    }

    /// Pitfall 4: the version of the same content differed from process to process.
    @Test
    void twoControllersGiveTheSameVersions() throws IOException {
        Map<String, String> first = versions(inSync());
        node.close();
        controller.close();
        controller = controller();
        node = new TestNode(controller.address(), "edge", "p1");
        assertThat(versions(inSync())).isEqualTo(first);
    }

    /// Pitfall 5: one missing name held up the answer to all others.
    @Test
    void answersTheNamesThatExistBesideOneThatDoesNot() {
        inSync();
        String here = name(Kind.TARGET_GROUP, "pool");
        String gone = "tg/00000000-0000-0000-0000-000000000000";
        node.subscribe(XdsType.ENDPOINT, here, gone);
        assertThat(names(node.accept(XdsType.ENDPOINT))).containsExactlyInAnyOrder(here, gone);
        String route = name(Kind.VIRTUAL_SERVER, "shop");
        node.subscribe(XdsType.ROUTE, route, "vs/gone");
        DeltaDiscoveryResponse routes = node.accept(XdsType.ROUTE);
        assertThat(names(routes)).containsExactly(route);
        assertThat(routes.getRemovedResourcesList()).containsExactly("vs/gone");
    }

    /// Pitfall 6: types were pushed without waiting for each other, so routes led nowhere.
    @Test
    void makesBeforeItBreaks() throws InterruptedException {
        inSync();
        String old = name(Kind.TARGET_GROUP, "pool");
        declared.commit(
                List.of(
                        declared.change("next", SampleSpecs.group(9090)),
                        declared.change("shop", SampleSpecs.http(80, "next")),
                        declared.removal(Kind.TARGET_GROUP, "pool")));
        String next = name(Kind.TARGET_GROUP, "next");

        DeltaDiscoveryResponse cluster = node.next(XdsType.CLUSTER);
        assertThat(names(cluster)).containsExactly(next);
        assertThat(node.hearsNothingFor(A_MOMENT)).isTrue();
        node.acknowledge(cluster);
        assertThat(node.hearsNothingFor(A_MOMENT)).isTrue();
        node.subscribe(XdsType.ENDPOINT, next);
        DeltaDiscoveryResponse endpoints = node.next(XdsType.ENDPOINT);
        assertThat(node.hearsNothingFor(A_MOMENT)).isTrue();
        node.acknowledge(endpoints);
        DeltaDiscoveryResponse route = node.next(XdsType.ROUTE);
        assertThat(node.hearsNothingFor(A_MOMENT)).isTrue();
        node.acknowledge(route);
        assertThat(node.accept(XdsType.CLUSTER).getRemovedResourcesList()).containsExactly(old);
    }

    /// Pitfall 7: any change sent a whole type again.
    @Test
    void sendsOneResourceForOneChange() {
        for (int i = 0; i < 200; i++) {
            declared.put("s" + i, SampleSpecs.http(1000 + i, "pool"));
        }
        inSync();
        declared.put("s7", SampleSpecs.http(7, "pool"));
        assertThat(names(node.accept(XdsType.LISTENER)))
                .containsExactly(name(Kind.VIRTUAL_SERVER, "s7"));
    }

    /// Pitfall 8: the committer's thread translated, serialized and sent for every node.
    @Test
    void aCommitDoesNotWaitForTheNodes() {
        inSync();
        for (int i = 0; i < 500; i++) {
            declared.put("pool", SampleSpecs.group(1 + i));
        }
        long start = System.nanoTime();
        declared.put("pool", SampleSpecs.group(9999));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(100));
        // and what was committed meanwhile is merged: far fewer responses than edits
        node.accept(XdsType.ENDPOINT);
        node.accept(XdsType.ENDPOINT);
        Eventually.holds(
                () -> assertThat(rollout().applied()).isEqualTo(declared.now().revision()));
    }

    /// Pitfall 9: a node that does not read made the server buffer without bound.
    @Test
    void sendsNothingMoreToANodeThatDoesNotRead() throws InterruptedException {
        try (TestNode slow = TestNode.slow(controller.address(), "edge", "slow")) {
            slow.subscribeToAll(XdsType.CLUSTER, Map.of());
            slow.takeOne();
            slow.acknowledge(slow.next(XdsType.CLUSTER));
            slow.subscribe(XdsType.ENDPOINT, name(Kind.TARGET_GROUP, "pool"));
            slow.takeOne();
            DeltaDiscoveryResponse first = slow.next(XdsType.ENDPOINT);
            for (int i = 0; i < 300; i++) {
                declared.put("pool", SampleSpecs.group(1 + i));
            }
            slow.takeOne();
            assertThat(slow.hearsNothingFor(A_MOMENT)).isTrue();
            slow.acknowledge(first);
            slow.acknowledge(slow.next(XdsType.ENDPOINT));
            slow.takeOne();
            assertThat(slow.hearsNothingFor(A_MOMENT)).isTrue();
        }
    }

    /// Pitfall 10: an unknown nonce killed the stream.
    @Test
    void ignoresAnUnknownNonce() {
        inSync();
        node.send(
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(XdsType.CLUSTER.url())
                        .setResponseNonce("never-sent"));
        declared.put("pool", SampleSpecs.group(8081));
        node.accept(XdsType.ENDPOINT);
    }

    /// Pitfall 11: the group was read from every message, though only the first names the node.
    @Test
    void bindsTheNodeToTheStreamByItsFirstMessage() {
        inSync();
        Eventually.holds(
                () -> assertThat(rollout().applied()).isEqualTo(declared.now().revision()));
    }

    /// Pitfall 12: resources that spoke of missing ones were published.
    @Test
    void neverPublishesAReferenceToWhatIsNotThere() {
        declared.put("lost", SampleSpecs.http(81, "missing"));
        declared.put("bare", SampleSpecs.https(443, "pool", "missing"));
        List<Resource> listeners = inSync();
        assertThat(listeners)
                .extracting(Resource::getName)
                .contains(name(Kind.VIRTUAL_SERVER, "lost"))
                .doesNotContain(name(Kind.VIRTUAL_SERVER, "bare"));
        node.subscribe(XdsType.ROUTE, name(Kind.VIRTUAL_SERVER, "lost"));
        Resource route = node.accept(XdsType.ROUTE).getResources(0);
        assertThat(route.getResource().getValue().toStringUtf8()).doesNotContain("tg/");
    }

    @Test
    void aNodeOfAnUnknownClusterIsServedWhenTheClusterAppears() throws Exception {
        InMemoryRevisions later = new InMemoryRevisions("later");
        try (DiscoveryServer server = controller(later);
                TestNode early = new TestNode(server.address(), "later", "p9")) {
            early.subscribeToAll(XdsType.CLUSTER, Map.of());
            assertThat(early.hearsNothingFor(A_MOMENT)).isTrue();
            later.create(Engine.ENVOY);
            later.put("pool", SampleSpecs.group(1));
            assertThat(names(early.accept(XdsType.CLUSTER))).hasSize(1);
            later.deleteCluster();
            early.subscribeToAll(XdsType.LISTENER, Map.of());
            assertThat(early.accept(XdsType.CLUSTER).getRemovedResourcesList()).hasSize(1);
            assertThat(server.rollout("later")).isEmpty();
        }
    }

    @Test
    void answersJunkWithInvalidArgumentAndServesOn() throws InterruptedException {
        node.send(DeltaDiscoveryRequest.newBuilder().setTypeUrl("type.googleapis.com/junk"));
        assertThat(Status.fromThrowable(node.end()).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        try (TestNode nameless = new TestNode(controller.address(), "", "")) {
            nameless.subscribeToAll(XdsType.CLUSTER, Map.of());
            assertThat(Status.fromThrowable(nameless.end()).getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        node.close();
        node = new TestNode(controller.address(), "edge", "p1");
        inSync();
    }

    /// Subscribes as a node does, acknowledges everything, and gives the listeners.
    private List<Resource> inSync() {
        node.subscribeToAll(XdsType.CLUSTER, Map.of());
        node.accept(XdsType.CLUSTER);
        node.subscribe(XdsType.ENDPOINT, name(Kind.TARGET_GROUP, "pool"));
        node.accept(XdsType.ENDPOINT);
        node.subscribeToAll(XdsType.LISTENER, Map.of());
        DeltaDiscoveryResponse listeners = node.accept(XdsType.LISTENER);
        node.subscribe(XdsType.ROUTE, names(listeners).toArray(String[]::new));
        node.accept(XdsType.ROUTE);
        return listeners.getResourcesList();
    }

    private Map<String, String> clusterVersions() {
        try (TestNode other = new TestNode(controller.address(), "edge", "other")) {
            other.subscribeToAll(XdsType.CLUSTER, Map.of());
            return versions(other.accept(XdsType.CLUSTER).getResourcesList());
        }
    }

    private static Map<String, String> versions(List<Resource> resources) {
        Map<String, String> versions = new HashMap<>();
        resources.forEach(resource -> versions.put(resource.getName(), resource.getVersion()));
        return versions;
    }

    private static List<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(Resource::getName).toList();
    }

    private Rollout.NodeRollout rollout() {
        Rollout rollout = controller.rollout("edge").orElseThrow();
        assertThat(rollout.nodes()).containsKey("p1");
        return rollout.nodes().get("p1");
    }

    private String name(Kind kind, String name) {
        return new XdsName(kind, declared.id(kind, name)).toString();
    }

    private DiscoveryServer controller() throws IOException {
        return controller(declared);
    }

    private static DiscoveryServer controller(InMemoryRevisions revisions) throws IOException {
        DiscoveryServer server =
                new DiscoveryServer(
                        revisions,
                        DiscoveryBinding.plain(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        InstantSource.system(),
                        System::nanoTime);
        server.start();
        return server;
    }
}
