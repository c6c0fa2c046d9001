package dev.weir.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.NodeIdentity;
import dev.weir.model.Secret;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;
import dev.weir.xds.XdsType;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Who may come in, and what becomes of junk.
class TrustTest {
    private static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final InMemoryRevisions declared = new InMemoryRevisions("edge", Engine.ENVOY);

    @Test
    void refusesToServeOtherMachinesWithoutTls() {
        assertThatThrownBy(() -> DiscoveryBinding.plain(new InetSocketAddress("0.0.0.0", 18000)))
                .hasMessageContaining("0.0.0.0:18000")
                .hasMessageContaining("give a certificate");
    }

    @Test
    void servesANodeWithACertificateOfTheAuthorityAndNoOther() throws Exception {
        X509Bundle authority = authority();
        declared.put("pool", SampleSpecs.group(1));
        try (DiscoveryServer controller = controller(mutual(authority))) {
            try (TestNode node =
                    node(
                            channel(
                                    controller,
                                    authority,
                                    signed("p1", authority, NodeIdentity.ANY)))) {
                node.subscribeToAll(XdsType.CLUSTER, Map.of());
                assertThat(node.accept(XdsType.CLUSTER).getResourcesCount()).isEqualTo(1);
            }
            X509Bundle foreign = signed("p1", authority(), NodeIdentity.ANY);
            assertUnavailable(channel(controller, authority, foreign));
            assertUnavailable(channel(controller, authority, null));
        }
    }

    @Test
    void servesANodeOnlyAsTheOneThatItsCertificateWasIssuedTo() throws Exception {
        X509Bundle authority = authority();
        declared.put("pool", SampleSpecs.group(1));
        declared.put("p1", new dev.weir.model.Node(null, null));
        declared.put("p2", new dev.weir.model.Node(null, null));
        X509Bundle first = signed("p1", authority, identity("p1"));
        try (DiscoveryServer controller = controller(mutual(authority))) {
            try (TestNode node = node(channel(controller, authority, first))) {
                node.subscribeToAll(XdsType.CLUSTER, Map.of());
                node.accept(XdsType.CLUSTER);

                declared.delete(Kind.NODE, "p1");
                assertThat(code(node))
                        .as("the open stream ends")
                        .isEqualTo(Status.Code.PERMISSION_DENIED);
                Eventually.holds(() ->
                        assertThat(controller.rollout("edge").orElseThrow().nodes())
                                .as("a node that is gone is not waited for")
                                .isEmpty());
            }
            declared.put("p1", new dev.weir.model.Node(null, null));
            for (X509Bundle refused :
                    List.of(
                            first,
                            signed("p2", authority, identity("p2")),
                            signed("nobody", authority, null))) {
                try (TestNode node = node(channel(controller, authority, refused))) {
                    node.subscribeToAll(XdsType.CLUSTER, Map.of());
                    assertThat(code(node)).isEqualTo(Status.Code.PERMISSION_DENIED);
                }
            }
            assertThat(controller.rollout("edge").orElseThrow().nodes()).isEmpty();
            X509Bundle again = signed("p1", authority, identity("p1"));
            try (TestNode node = node(channel(controller, authority, again))) {
                node.subscribeToAll(XdsType.CLUSTER, Map.of());
                node.accept(XdsType.CLUSTER);
            }
        }
    }

    private NodeIdentity identity(String node) {
        return new NodeIdentity(declared.id(Kind.NODE, node));
    }

    private static Status.Code code(TestNode node) throws InterruptedException {
        return Status.fromThrowable(node.end()).getCode();
    }

    @Test
    void answersRandomBytesWithInvalidArgumentAndServesOn() throws Exception {
        declared.put("pool", SampleSpecs.group(1));
        try (DiscoveryServer controller = controller(DiscoveryBinding.plain(LOOPBACK))) {
            Random random = new Random(42);
            for (int i = 0; i < 50; i++) {
                byte[] junk = new byte[1 + random.nextInt(2000)];
                random.nextBytes(junk);
                assertThat(statusAfter(junk, controller)).isEqualTo(Status.Code.INVALID_ARGUMENT);
            }
            try (TestNode node = new TestNode(controller.address(), "edge", "p1")) {
                node.subscribeToAll(XdsType.CLUSTER, Map.of());
                node.accept(XdsType.CLUSTER);
            }
        }
    }

    @Test
    void refusesAMessageThatIsTooLarge() throws Exception {
        try (DiscoveryServer controller = controller(DiscoveryBinding.plain(LOOPBACK))) {
            assertThat(statusAfter(new byte[17 * 1024 * 1024], controller))
                    .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        }
    }

    private static Status.Code statusAfter(byte[] bytes, DiscoveryServer controller)
            throws InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(controller.address()).usePlaintext().build();
        LinkedBlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
        try {
            StreamObserver<byte[]> requests =
                    ClientCalls.asyncBidiStreamingCall(
                            channel.newCall(rawMethod(), CallOptions.DEFAULT),
                            new StreamObserver<byte[]>() {
                                @Override
                                public void onNext(byte[] response) {}

                                @Override
                                public void onError(Throwable end) {
                                    ends.add(end);
                                }

                                @Override
                                public void onCompleted() {}
                            });
            requests.onNext(bytes);
            Throwable end = ends.poll(10, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            return Status.fromThrowable(end).getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    private static MethodDescriptor<byte[], byte[]> rawMethod() {
        MethodDescriptor.Marshaller<byte[]> raw =
                new MethodDescriptor.Marshaller<>() {
                    @Override
                    public InputStream stream(byte[] bytes) {
                        return new ByteArrayInputStream(bytes);
                    }

                    @Override
                    public byte[] parse(InputStream stream) {
                        return new byte[0];
                    }
                };
        return MethodDescriptor.newBuilder(raw, raw)
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(
                        "envoy.service.discovery.v3.AggregatedDiscoveryService"
                                + "/DeltaAggregatedResources")
                .build();
    }

    private static void assertUnavailable(ManagedChannel channel) throws InterruptedException {
        try (TestNode node = node(channel)) {
            node.subscribeToAll(XdsType.CLUSTER, Map.of());
            assertThat(Status.fromThrowable(node.end()).getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    private static TestNode node(ManagedChannel channel) {
        return new TestNode(channel, Node.newBuilder().setCluster("edge").setId("p1").build());
    }

    private static ManagedChannel channel(
            DiscoveryServer controller, X509Bundle authority, @Nullable X509Bundle own)
            throws Exception {
        SslContextBuilder tls =
                GrpcSslContexts.forClient().trustManager(pem(authority.getCertificatePEM()));
        if (own != null) {
            tls.keyManager(pem(own.getCertificatePEM()), pem(own.getPrivateKeyPEM()));
        }
        return NettyChannelBuilder.forAddress(controller.address())
                .overrideAuthority("localhost")
                .sslContext(tls.build())
                .build();
    }

    private static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static X509Bundle signed(
            String name, X509Bundle authority, @Nullable NodeIdentity identity) throws Exception {
        CertificateBuilder builder =
                new CertificateBuilder().ecp256().subject("CN=" + name).addSanDnsName("localhost");
        if (identity != null) {
            builder.addSanUriName(identity.uri());
        }
        return builder.buildIssuedBy(authority);
    }

    private static DiscoveryBinding mutual(X509Bundle authority) throws Exception {
        X509Bundle server = signed("controller", authority, null);
        return new DiscoveryBinding(
                LOOPBACK,
                new DiscoveryBinding.MutualTls(
                        server.getCertificatePEM(),
                        new Secret(server.getPrivateKeyPEM()),
                        authority.getCertificatePEM()));
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private DiscoveryServer controller(DiscoveryBinding binding) throws Exception {
        DiscoveryServer server =
                new DiscoveryServer(declared, binding, InstantSource.system(), System::nanoTime);
        server.start();
        return server;
    }
}
