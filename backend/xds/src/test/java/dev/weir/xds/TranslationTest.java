package dev.weir.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import dev.weir.model.Engine;
import dev.weir.model.HealthMonitor;
import dev.weir.model.Kind;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

class TranslationTest {
    private final InMemoryRevisions declared = new InMemoryRevisions("test", Engine.ENVOY);
    private final Translation translation = new Translation();

    @Test
    void translatesOnlyWhatARevisionTouches() {
        edit("pool", SampleSpecs.group(8080));
        edit("shop", SampleSpecs.http(80, "pool"));
        edit("other", SampleSpecs.http(81, "pool"));

        assertThat(edit("pool", SampleSpecs.group(8080, 8081)))
                .containsExactly(key(XdsType.ENDPOINT, name(Kind.TARGET_GROUP, "pool")));
        assertThat(
                        edit(
                                "shop",
                                SampleSpecs.http(
                                        80,
                                        "pool",
                                        SampleSpecs.rule("a", List.of(), "/a", "pool"))))
                .containsExactly(key(XdsType.ROUTE, name(Kind.VIRTUAL_SERVER, "shop")));
        assertThat(edit("shop", declared.now().virtualServers().get("shop").spec())).isEmpty();
    }

    @Test
    void translatesTheUsersOfATargetGroupThatIsCreatedAgainUnderItsName() {
        edit("pool", SampleSpecs.group(8080));
        edit("shop", SampleSpecs.http(80, "pool"));
        edit("other", SampleSpecs.http(81, null));
        String first = name(Kind.TARGET_GROUP, "pool");

        assertThat(delete(Kind.TARGET_GROUP, "pool"))
                .containsExactlyInAnyOrder(
                        key(XdsType.CLUSTER, first),
                        key(XdsType.ENDPOINT, first),
                        key(XdsType.ROUTE, name(Kind.VIRTUAL_SERVER, "shop")));
        edit("pool", SampleSpecs.group(8080));

        String second = name(Kind.TARGET_GROUP, "pool");
        assertThat(second).isNotEqualTo(first);
        assertThat(routes("shop").getVirtualHosts(0).getRoutes(0).getRoute().getCluster())
                .isEqualTo(second);
    }

    @Test
    void listensAgainOnceTheCertificateIsThere() {
        edit("pool", SampleSpecs.group(8080));
        edit("pay", SampleSpecs.https(443, "pool", "web"));
        XdsKey listener = key(XdsType.LISTENER, name(Kind.VIRTUAL_SERVER, "pay"));
        assertThat(translation.find(listener)).isEmpty();

        assertThat(edit("web", SampleSpecs.certificate("one"))).contains(listener);
        assertThat(translation.find(listener).orElseThrow().follows())
                .contains(key(XdsType.SECRET, name(Kind.CERTIFICATE, "web")));
        assertThat(edit("web", SampleSpecs.certificate("two")))
                .containsExactly(key(XdsType.SECRET, name(Kind.CERTIFICATE, "web")));
    }

    @Test
    void aDisabledVirtualServerHasNoListener() {
        edit("shop", SampleSpecs.http(80, null));
        XdsKey listener = key(XdsType.LISTENER, name(Kind.VIRTUAL_SERVER, "shop"));
        assertThat(edit("shop", SampleSpecs.disabled(SampleSpecs.http(80, null))))
                .containsExactly(listener);
        assertThat(translation.find(listener)).isEmpty();
    }

    @Test
    void versionsDependOnContentAlone() {
        edit("pool", SampleSpecs.group(8080));
        edit("shop", SampleSpecs.http(80, "pool"));
        Translation again = Translation.of(declared.now());
        for (XdsType type : XdsType.values()) {
            assertThat(again.all(type).values())
                    .extracting(XdsResource::version)
                    .containsExactlyInAnyOrderElementsOf(
                            translation.all(type).values().stream()
                                    .map(XdsResource::version)
                                    .toList());
        }
        XdsKey endpoints = key(XdsType.ENDPOINT, name(Kind.TARGET_GROUP, "pool"));
        // a known value: the hash must be the same on every machine and in every run
        assertThat(again.find(endpoints).orElseThrow().version())
                .isEqualTo("023913f3389ff2f35ae7cde77d0e9dc8");
    }

    @Test
    void aListenerNamesItsRoutesItsCertificatesAndItsStatistics() throws Exception {
        edit("web", SampleSpecs.certificate("one"));
        edit("pool", SampleSpecs.group(8080));
        edit("pay", SampleSpecs.https(443, "pool", "web"));
        Listener listener =
                message(XdsType.LISTENER, name(Kind.VIRTUAL_SERVER, "pay"), Listener.class);

        assertThat(listener.getStatPrefix()).isEqualTo("vs_4");
        assertThat(listener.getAddress().getSocketAddress().getPortValue()).isEqualTo(443);
        DownstreamTlsContext tls =
                listener.getFilterChains(0)
                        .getTransportSocket()
                        .getTypedConfig()
                        .unpack(DownstreamTlsContext.class);
        assertThat(tls.getCommonTlsContext().getTlsCertificateSdsSecretConfigs(0).getName())
                .isEqualTo(name(Kind.CERTIFICATE, "web"));
        assertThat(tls.getCommonTlsContext().getAlpnProtocolsList()).containsExactly("http/1.1");
    }

    @Test
    void aClusterNeverPanicsAndProbesAsDeclared() {
        HealthMonitor monitor =
                new HealthMonitor("/up", null, Duration.ofMillis(500), null, 1, 2, List.of());
        edit(
                "pool",
                new TargetGroup(
                        TargetGroup.Algorithm.LEAST_CONNECTIONS,
                        monitor,
                        Duration.ofSeconds(2),
                        List.of()));
        Cluster cluster = message(XdsType.CLUSTER, name(Kind.TARGET_GROUP, "pool"), Cluster.class);

        assertThat(cluster.getAltStatName()).isEqualTo("tg_2");
        assertThat(cluster.getCommonLbConfig().hasHealthyPanicThreshold()).isTrue();
        assertThat(cluster.getCommonLbConfig().getHealthyPanicThreshold().getValue()).isZero();
        assertThat(cluster.getConnectTimeout().getSeconds()).isEqualTo(2);
        assertThat(cluster.getHealthChecks(0).getHttpHealthCheck().getPath()).isEqualTo("/up");
        assertThat(cluster.getHealthChecks(0).getHttpHealthCheck().getExpectedStatuses(0).getEnd())
                .isEqualTo(300);
        assertThat(
                        cluster.getLoadBalancingPolicy()
                                .getPolicies(0)
                                .getTypedExtensionConfig()
                                .getName())
                .isEqualTo("envoy.load_balancing_policies.least_request");
    }

    @Test
    void drainsATargetAndLeavesOutOneThatIsOffline() {
        TargetGroup group =
                SampleSpecs.group(1, 2, 3)
                        .withTarget("t2", t -> t.withAdminState(Target.AdminState.DRAIN))
                        .withTarget("t3", t -> t.withAdminState(Target.AdminState.OFFLINE))
                        .withTarget("t1", t -> t.withWeight(7));
        edit("pool", group);
        var endpoints = assignment().getEndpoints(0).getLbEndpointsList();

        assertThat(endpoints)
                .extracting(one -> one.getEndpoint().getAddress().getSocketAddress().getPortValue())
                .containsExactly(1, 2);
        assertThat(endpoints.get(0).getLoadBalancingWeight().getValue()).isEqualTo(7);
        assertThat(endpoints.get(0).getHealthStatus()).isEqualTo(HealthStatus.UNKNOWN);
        assertThat(endpoints.get(1).getHealthStatus()).isEqualTo(HealthStatus.DRAINING);
    }

    @Test
    void anEmptyGroupHasAnEmptyAssignment() {
        edit("pool", SampleSpecs.group());
        assertThat(assignment().getEndpointsList()).isEmpty();
        assertThat(assignment().getClusterName()).isEqualTo(name(Kind.TARGET_GROUP, "pool"));
    }

    @Test
    void forgetsEverythingWithTheCluster() {
        edit("pool", SampleSpecs.group(8080));
        edit("shop", SampleSpecs.http(80, "pool"));
        assertThat(translation.clear()).hasSize(4);
        assertThat(translation.all(XdsType.LISTENER)).isEmpty();
    }

    private ClusterLoadAssignment assignment() {
        return message(
                XdsType.ENDPOINT, name(Kind.TARGET_GROUP, "pool"), ClusterLoadAssignment.class);
    }

    private RouteConfiguration routes(String virtualServer) {
        return message(
                XdsType.ROUTE, name(Kind.VIRTUAL_SERVER, virtualServer), RouteConfiguration.class);
    }

    private Set<XdsKey> edit(String name, dev.weir.model.Spec spec) {
        return translation.apply(declared.put(name, spec), declared.now());
    }

    private Set<XdsKey> delete(Kind kind, String name) {
        return translation.apply(declared.delete(kind, name), declared.now());
    }

    private <M extends Message> M message(XdsType type, String name, Class<M> as) {
        try {
            return translation.find(key(type, name)).orElseThrow().wire().getResource().unpack(as);
        } catch (InvalidProtocolBufferException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static XdsKey key(XdsType type, String name) {
        return new XdsKey(type, name);
    }

    private String name(Kind kind, String name) {
        return new XdsName(kind, declared.id(kind, name)).toString();
    }
}
