package dev.weir.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Revision;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

class DeltaStreamTest {
    private final InMemoryRevisions declared = new InMemoryRevisions("test", Engine.ENVOY);
    private final Translation translation = new Translation();
    private final SimulatedNode node = new SimulatedNode();

    @BeforeEach
    void declare() {
        declared.put("pool", SampleSpecs.group(8080));
        declared.put("shop", SampleSpecs.http(80, "pool"));
        translation.replaceAll(declared.now());
    }

    @Test
    void bringsANewNodeToTheNewestRevision() {
        node.connect(translation);
        assertThat(node.stream.applied()).isZero();
        node.settle();

        assertInSync();
        assertThat(node.stream.applied()).isEqualTo(declared.now().revision());
    }

    @Test
    void sendsOnlyWhatChanged() {
        synced();
        int before = node.received.size();
        edit("pool", SampleSpecs.group(8080, 8081));
        node.settle();

        assertThat(node.received.subList(before, node.received.size())).hasSize(1);
        assertThat(node.sent(XdsType.ENDPOINT, before))
                .containsExactly(name(Kind.TARGET_GROUP, "pool"));
        assertThat(node.stream.applied()).isEqualTo(declared.now().revision());
    }

    @Test
    void holdsARouteBackUntilItsClusterAndEndpointsAreAcknowledged() {
        synced();
        int before = node.received.size();
        edit("next", SampleSpecs.group(8081));
        edit("shop", SampleSpecs.http(80, "next"));
        String cluster = name(Kind.TARGET_GROUP, "next");

        node.pump();
        assertThat(node.sent(XdsType.CLUSTER, before)).containsExactly(cluster);
        assertThat(node.sent(XdsType.ROUTE, before)).isEmpty();
        node.answer(); // the cluster; the node now asks for its endpoints
        node.pump();
        assertThat(node.sent(XdsType.ENDPOINT, before)).containsExactly(cluster);
        assertThat(node.sent(XdsType.ROUTE, before)).isEmpty();
        node.answer(); // the endpoints
        node.pump();
        assertThat(node.sent(XdsType.ROUTE, before))
                .containsExactly(name(Kind.VIRTUAL_SERVER, "shop"));
        assertThat(node.stream.applied()).isLessThan(declared.now().revision());
        node.settle();
        assertThat(node.stream.applied()).isEqualTo(declared.now().revision());
    }

    @Test
    void removesAClusterOnlyWhenTheRouteThatLeftItIsAcknowledged() {
        edit("next", SampleSpecs.group(8081));
        synced();
        String old = name(Kind.TARGET_GROUP, "pool");
        int before = node.received.size();
        apply(
                declared.commit(
                        List.of(
                                declared.change("shop", SampleSpecs.http(80, "next")),
                                declared.removal(Kind.TARGET_GROUP, "pool"))));

        node.pump();
        assertThat(node.removed(XdsType.CLUSTER, before)).isEmpty();
        node.answer(); // the route
        node.pump();
        assertThat(node.removed(XdsType.CLUSTER, before)).containsExactly(old);
        node.settle();
        assertInSync();
    }

    @Test
    void takesAListenerAwayInTheSameResponseThatGivesItsPortToAnother() {
        synced();
        String old = name(Kind.VIRTUAL_SERVER, "shop");
        apply(
                declared.commit(
                        List.of(
                                declared.removal(Kind.VIRTUAL_SERVER, "shop"),
                                declared.change("again", SampleSpecs.http(80, "pool")))));
        node.pump();
        DeltaDiscoveryResponse last = node.received.getLast();
        assertThat(last.getRemovedResourcesList()).containsExactly(old);
        assertThat(last.getResources(0).getName()).isEqualTo(name(Kind.VIRTUAL_SERVER, "again"));
        node.settle();
        assertInSync();
    }

    @Test
    void mergesWhatChangesWhileAResponseIsUnderWay() {
        synced();
        int before = node.received.size();
        edit("pool", SampleSpecs.group(1));
        node.pump();
        IntStream.range(2, 50).forEach(port -> edit("pool", SampleSpecs.group(port)));
        node.pump();
        assertThat(node.received).hasSize(before + 1);
        node.settle();
        assertThat(node.received).hasSize(before + 2);
        assertInSync();
    }

    @Test
    void sendsTheEndpointsOfAChangedClusterAgainBecauseItWarmsAnew() {
        synced();
        int before = node.received.size();
        TargetGroup slower =
                new TargetGroup(
                        TargetGroup.Algorithm.ROUND_ROBIN,
                        null,
                        Duration.ofSeconds(9),
                        SampleSpecs.group(8080).targets());
        edit("pool", slower);
        node.settle();
        String cluster = name(Kind.TARGET_GROUP, "pool");
        assertThat(node.sent(XdsType.CLUSTER, before)).containsExactly(cluster);
        assertThat(node.sent(XdsType.ENDPOINT, before)).containsExactly(cluster);
    }

    @Test
    void isolatesTheBadResourceOfARefusedResponseByTheNamesInItsWords() {
        refusesPort(8443, name -> "Error adding listener(s) " + name + ": cannot bind");
        edit("bad", SampleSpecs.http(8443, "pool"));
        IntStream.range(100, 120).forEach(port -> edit("s" + port, SampleSpecs.http(port, "pool")));
        node.connect(translation);
        node.settle();

        assertRejected("bad");
        assertThat(node.held.get(XdsType.LISTENER)).hasSize(21);
    }

    @Test
    void isolatesTheBadResourceByHalvesWhereTheWordsNameNone() {
        refusesPort(8443, name -> "Proto constraint validation failed");
        edit("bad", SampleSpecs.http(8443, "pool"));
        IntStream.range(100, 164).forEach(port -> edit("s" + port, SampleSpecs.http(port, "pool")));
        node.connect(translation);
        node.settle();

        assertRejected("bad");
        assertThat(node.held.get(XdsType.LISTENER)).hasSize(65);
        assertThat(node.sent(XdsType.LISTENER, 0)).hasSizeLessThan(66 * 4);
    }

    @Test
    void doesNotOfferTheSameRefusedContentAgain() {
        synced();
        refusesPort(8443, name -> "no");
        edit("bad", SampleSpecs.http(8443, "pool"));
        node.settle();
        int before = node.received.size();
        node.nanos += Duration.ofDays(1).toNanos();
        node.settle();
        edit("pool", SampleSpecs.group(8081));
        node.settle();

        assertThat(node.sent(XdsType.LISTENER, before)).isEmpty();
        assertRejected("bad");
    }

    @Test
    void anEditedOrDeletedObjectIsNoLongerRejected() {
        synced();
        refusesPort(8443, name -> "no");
        edit("bad", SampleSpecs.http(8443, "pool"));
        node.settle();
        edit("bad", SampleSpecs.http(8080, "pool"));
        node.settle();
        assertThat(node.stream.rejected()).isEmpty();
        assertInSync();

        edit("bad", SampleSpecs.http(8443, "pool"));
        node.settle();
        assertRejected("bad");
        edit("bad", SampleSpecs.http(8080, "pool")); // back to what the node still has
        node.settle();
        assertThat(node.stream.rejected()).isEmpty();

        edit("bad", SampleSpecs.http(8443, "pool"));
        node.settle();
        apply(declared.delete(Kind.VIRTUAL_SERVER, "bad"));
        node.settle();
        assertThat(node.stream.rejected()).isEmpty();
        assertInSync();
    }

    @Test
    void aRefusedObjectIsToldBesideTheAppliedRevisionUntilItsReplacementIsAcknowledged() {
        synced();
        refusesPort(8443, name -> "no");
        edit("bad", SampleSpecs.http(8443, "pool"));
        long bad = declared.now().revision();
        node.settle();
        assertThat(node.stream.applied()).isEqualTo(bad);
        assertThat(node.stream.rejected())
                .extracting(one -> one.source().name(), Rejected::revision)
                .containsExactly(tuple("bad", bad));

        edit("pool", SampleSpecs.group(8081));
        node.settle();
        assertThat(node.stream.applied()).isEqualTo(bad + 1);
        assertThat(node.stream.rejected()).hasSize(1);

        edit("bad", SampleSpecs.http(8444, "pool"));
        node.settle();
        assertThat(node.stream.applied()).isEqualTo(bad + 2);
        assertThat(node.stream.rejected()).isEmpty();
    }

    @Test
    void keepsAnOldClusterWhileTheRouteThatShouldLeaveItIsRefused() {
        edit("next", SampleSpecs.group(8081));
        synced();
        node.judge = (type, resource) -> type == XdsType.ROUTE ? "no" : null;
        apply(
                declared.commit(
                        List.of(
                                declared.change("shop", SampleSpecs.http(80, "next")),
                                declared.removal(Kind.TARGET_GROUP, "pool"))));
        node.settle();
        assertThat(node.held.get(XdsType.CLUSTER)).hasSize(2);

        node.judge = (type, resource) -> null;
        edit("shop", SampleSpecs.http(80, null));
        node.settle();
        assertInSync();
    }

    @Test
    void saysOfAVirtualServerThatItWaitsForATargetGroupThatIsRefused() {
        synced();
        node.judge = (type, resource) -> type == XdsType.CLUSTER ? "bad timeout" : null;
        edit("next", SampleSpecs.group(8081));
        edit("shop", SampleSpecs.http(80, "next"));
        node.settle();

        assertThat(node.stream.rejected())
                .extracting(one -> one.source() + ": " + one.message())
                .containsExactlyInAnyOrder(
                        "target group next: bad timeout",
                        "virtual server shop: waits for target group next, which this node"
                                + " refuses: bad timeout");
        assertThat(node.stream.applied()).isEqualTo(declared.now().revision());

        node.judge = (type, resource) -> null;
        edit("shop", SampleSpecs.http(80, "pool"));
        node.settle();
        assertThat(node.stream.rejected())
                .extracting(one -> one.source().name())
                .containsExactly("next");
        assertThat(node.stream.applied()).isEqualTo(declared.now().revision());
    }

    @Test
    void triesAPortThatWasInUseAgainAfterAWhile() {
        synced();
        refusesPort(8443, name -> "cannot bind '127.0.0.1:8443': Address already in use");
        edit("bad", SampleSpecs.http(8443, "pool"));
        node.pump();
        while (node.hasUnanswered()) {
            node.answer();
            node.pump();
        }
        assertRejected("bad");
        node.judge = (type, resource) -> null;
        node.nanos = node.waitUntil;
        node.settle();
        assertThat(node.stream.rejected()).isEmpty();
        assertInSync();
    }

    @Test
    void aReconnectGetsOnlyWhatDiffersAndWhatItAsksForByName() {
        edit("other", SampleSpecs.http(81, "pool"));
        edit("spare", SampleSpecs.group(9));
        synced();
        apply(declared.delete(Kind.VIRTUAL_SERVER, "other"));
        apply(declared.delete(Kind.TARGET_GROUP, "spare"));
        Translation afterRestart = Translation.of(declared.now());
        int before = node.received.size();
        node.connect(afterRestart);
        node.settle();

        assertThat(node.sent(XdsType.CLUSTER, before)).isEmpty();
        assertThat(node.sent(XdsType.LISTENER, before)).isEmpty();
        assertThat(node.removed(XdsType.LISTENER, before)).hasSize(1);
        assertThat(node.removed(XdsType.CLUSTER, before)).hasSize(1);
        assertThat(node.sent(XdsType.ROUTE, before)).contains(name(Kind.VIRTUAL_SERVER, "shop"));
        assertInSync();
    }

    @Test
    void anUpToDateNodeGetsNoClusterAndNoListenerAgain() {
        synced();
        int before = node.received.size();
        node.connect(Translation.of(declared.now()));
        node.settle();
        assertThat(node.sent(XdsType.CLUSTER, before)).isEmpty();
        assertThat(node.sent(XdsType.LISTENER, before)).isEmpty();
        assertThat(node.stream.applied()).isEqualTo(declared.now().revision());
    }

    @Test
    void answersWhatExistsWhereANameIsMissing() {
        synced();
        int before = node.received.size();
        String gone = "tg/00000000-0000-0000-0000-000000000000";
        String here = name(Kind.TARGET_GROUP, "pool");
        request(XdsType.ENDPOINT, r -> r.addResourceNamesSubscribe(gone));
        request(XdsType.SECRET, r -> r.addResourceNamesSubscribe("cert/gone"));
        request(XdsType.ENDPOINT, r -> r.addResourceNamesSubscribe(here));
        node.pump();

        assertThat(node.sent(XdsType.ENDPOINT, before)).containsExactlyInAnyOrder(gone, here);
        assertThat(node.removed(XdsType.SECRET, before)).containsExactly("cert/gone");
    }

    @Test
    void ignoresAnAnswerToAResponseThatIsNotUnderWay() {
        synced();
        Receipt receipt = request(XdsType.CLUSTER, r -> r.setResponseNonce("99999"));
        assertThat(receipt).isEqualTo(new Receipt.Stale(XdsType.CLUSTER, "99999"));
        edit("pool", SampleSpecs.group(1));
        node.settle();
        assertInSync();
    }

    @Test
    void refusesATypeThatItDoesNotServe() {
        DeltaDiscoveryRequest junk =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl("type.googleapis.com/x").build();
        assertThatThrownBy(() -> node.stream.receive(junk))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("type.googleapis.com/x");
    }

    @Test
    void anUnknownClusterIsServedOnceItAppears() {
        node.connect(null);
        node.pump();
        assertThat(node.received).isEmpty();
        node.stream.attach(translation);
        node.settle();
        assertInSync();
    }

    @Test
    void aDeletedClusterTakesEverythingAway() {
        synced();
        node.stream.changed(translation.clear());
        node.settle();
        assertThat(node.held.get(XdsType.LISTENER)).isEmpty();
        assertThat(node.held.get(XdsType.CLUSTER)).isEmpty();
    }

    @Test
    void splitsALargeFirstAnswer() {
        for (int i = 0; i < 3000; i++) {
            edit("g" + i, SampleSpecs.group(1 + i));
        }
        synced();
        assertThat(node.received)
                .allSatisfy(r -> assertThat(r.getSerializedSize()).isLessThan(1_200_000));
        assertInSync();
    }

    @Test
    void doesNotWaitForEverForANodeThatDoesNotAskForEndpoints() {
        request(XdsType.CLUSTER, r -> {});
        request(XdsType.LISTENER, r -> {});
        node.stream.attach(translation);
        node.pump();
        DeltaDiscoveryResponse clusters = node.received.getFirst();
        request(XdsType.CLUSTER, r -> r.setResponseNonce(clusters.getNonce()));
        request(XdsType.ROUTE, r -> r.addResourceNamesSubscribe(name(Kind.VIRTUAL_SERVER, "shop")));
        node.pump();
        assertThat(node.sent(XdsType.ROUTE, 0)).isEmpty();
        node.nanos = node.waitUntil;
        node.pump();
        assertThat(node.sent(XdsType.ROUTE, 0)).hasSize(1);
    }

    @Test
    void sendsANewListenerBesideTheEndpointsAndItsRoutesAfterThem() {
        synced();
        int before = node.received.size();
        edit("next", SampleSpecs.group(8081));
        edit("second", SampleSpecs.http(81, "next"));
        String cluster = name(Kind.TARGET_GROUP, "next");
        String server = name(Kind.VIRTUAL_SERVER, "second");

        node.pump();
        assertThat(node.sent(XdsType.CLUSTER, before)).containsExactly(cluster);
        assertThat(node.sent(XdsType.LISTENER, before)).isEmpty();
        node.answer(); // the cluster
        node.pump();
        assertThat(node.sent(XdsType.ENDPOINT, before)).containsExactly(cluster);
        assertThat(node.sent(XdsType.LISTENER, before)).containsExactly(server);
        assertThat(node.sent(XdsType.ROUTE, before)).isEmpty();
        node.settle();
        assertThat(node.sent(XdsType.ROUTE, before)).containsExactly(server);
        assertInSync();
    }

    @Test
    void oneEditAmong5000VirtualServersCostsFarLessThanAMillisecond() {
        List<dev.weir.model.Change> changes = new java.util.ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            changes.add(declared.change("s" + i, SampleSpecs.http(1000 + i, "pool")));
        }
        apply(declared.commit(changes));
        synced();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            VirtualServer spec =
                    SampleSpecs.http(
                            1000, "pool", SampleSpecs.rule("a", List.of(), "/" + i, "pool"));
            Revision revision = declared.put("s0", spec);
            long start = System.nanoTime();
            node.stream.changed(translation.apply(revision, declared.now()));
            node.pump();
            best = Math.min(best, System.nanoTime() - start);
            node.settle();
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(1));
    }

    private void synced() {
        node.connect(translation);
        node.settle();
        assertInSync();
    }

    private void assertInSync() {
        for (XdsType type : List.of(XdsType.CLUSTER, XdsType.ENDPOINT, XdsType.LISTENER)) {
            assertThat(node.versions(type).keySet())
                    .containsExactlyInAnyOrderElementsOf(translation.all(type).keySet());
            node.versions(type)
                    .forEach((name, version) ->
                            assertThat(version)
                                    .isEqualTo(translation.all(type).get(name).version()));
        }
        node.versions(XdsType.ROUTE)
                .forEach((name, version) ->
                        assertThat(version)
                                .isEqualTo(translation.all(XdsType.ROUTE).get(name).version()));
    }

    private void assertRejected(String virtualServer) {
        assertThat(node.stream.rejected())
                .extracting(one -> one.source().name())
                .containsExactly(virtualServer);
    }

    private void refusesPort(int port, java.util.function.UnaryOperator<String> words) {
        node.judge =
                (type, resource) -> {
                    if (type != XdsType.LISTENER) {
                        return null;
                    }
                    try {
                        var listener =
                                resource.getResource()
                                        .unpack(
                                                io.envoyproxy.envoy.config.listener.v3.Listener
                                                        .class);
                        return listener.getAddress().getSocketAddress().getPortValue() == port
                                ? words.apply(resource.getName())
                                : null;
                    } catch (com.google.protobuf.InvalidProtocolBufferException wrong) {
                        throw new AssertionError(wrong);
                    }
                };
    }

    private void edit(String name, dev.weir.model.Spec spec) {
        apply(declared.put(name, spec));
    }

    private void apply(Revision revision) {
        Set<XdsKey> changed = translation.apply(revision, declared.now());
        node.stream.changed(changed);
    }

    private Receipt request(XdsType type, Consumer<DeltaDiscoveryRequest.Builder> content) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.url());
        content.accept(request);
        return node.stream.receive(request.build());
    }

    private String name(Kind kind, String name) {
        return new XdsName(kind, declared.id(kind, name)).toString();
    }
}
