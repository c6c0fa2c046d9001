package dev.weir.controller;

import dev.weir.model.RevisionSource;
import dev.weir.model.Rollout;
import dev.weir.model.RolloutStatusSource;
import dev.weir.model.Subscription;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLException;

/// Hands every revision to the nodes of its cluster by delta ADS, and tells how far each has come.
///
/// All its state belongs to one thread, `weir-controller`; the methods here may be called from any.
public final class DiscoveryServer implements RolloutStatusSource, AutoCloseable {
    /// `initial_resource_versions` of 50,000 resources, three times over.
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final int KEEPALIVE_SECONDS = 30;
    private static final int KEEPALIVE_TIMEOUT_SECONDS = 10;

    /// Nodes may ping this often; Envoy's own default is never.
    private static final int PERMITTED_PING_SECONDS = 5;

    private final RevisionSource revisions;
    private final ControllerThread thread;
    private final RolloutTracker tracker;
    private final Fleet fleet;
    private final Server server;
    private @Nullable Subscription subscription;

    /// @param nanoTime as [System#nanoTime()]
    public DiscoveryServer(
            RevisionSource revisions,
            DiscoveryBinding binding,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.revisions = revisions;
        this.tracker = new RolloutTracker();
        this.thread = new ControllerThread();
        this.fleet = new Fleet(tracker, clock);
        this.server = server(binding, peers(binding, service(nanoTime)));
    }

    /// Opens the port.
    ///
    /// @throws IOException where it cannot be opened
    public void start() throws IOException {
        server.start();
        // first heard, then read: whatever is committed in between is seen twice, never missed
        subscription = revisions.subscribe(new Publication(thread, fleet));
        for (String cluster : revisions.clusters()) {
            thread.execute(() -> revisions.current(cluster).ifPresent(fleet::load));
        }
    }

    /// Where it listens, once started.
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getListenSockets().getFirst();
    }

    @Override
    public Optional<Rollout> rollout(String cluster) {
        return tracker.rollout(cluster);
    }

    @Override
    public Subscription subscribe(Consumer<Rollout> listener) {
        return tracker.subscribe(listener);
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        thread.close();
    }

    private static Server server(DiscoveryBinding binding, ServerServiceDefinition service) {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(binding.address())
                        .addService(service)
                        // callbacks only hand over to the controller's thread
                        .directExecutor()
                        .maxInboundMessageSize(MAX_REQUEST_BYTES)
                        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true);
        DiscoveryBinding.MutualTls tls = binding.tls();
        if (tls != null) {
            try {
                builder.sslContext(
                        GrpcSslContexts.forServer(
                                        pem(tls.chainPem()), pem(tls.privateKey().reveal()))
                                .trustManager(pem(tls.authorityPem()))
                                .clientAuth(ClientAuth.REQUIRE)
                                .build());
            } catch (SSLException | IllegalArgumentException unusable) {
                throw new IllegalArgumentException(
                        "xds %s: the certificate, its key or the authority cannot be read (%s)"
                                .formatted(binding.address(), unusable.getMessage()),
                        unusable);
            }
        }
        return builder.build();
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ServerServiceDefinition peers(
            DiscoveryBinding binding, ServerServiceDefinition service) {
        return binding.tls() == null
                ? service
                : ServerInterceptors.intercept(service, new PeerIdentity());
    }

    /// The one method that is served; state of the world is answered with `UNIMPLEMENTED`.
    private ServerServiceDefinition service(LongSupplier nanoTime) {
        MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta =
                AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod();
        MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> method =
                delta.toBuilder(
                                new RequestMarshaller(delta.getRequestMarshaller()),
                                delta.getResponseMarshaller())
                        .build();
        return ServerServiceDefinition.builder(AggregatedDiscoveryServiceGrpc.SERVICE_NAME)
                .addMethod(
                        method,
                        ServerCalls.asyncBidiStreamingCall(
                                responses -> accept(responses, nanoTime)))
                .build();
    }

    private StreamObserver<DeltaDiscoveryRequest> accept(
            StreamObserver<DeltaDiscoveryResponse> responses, LongSupplier nanoTime) {
        return new NodeStream(
                        thread,
                        fleet,
                        (ServerCallStreamObserver<DeltaDiscoveryResponse>) responses,
                        PeerIdentity.current(),
                        nanoTime)
                .requests();
    }
}
