package dev.weir.controller;

import com.google.rpc.Status;

import dev.weir.xds.XdsType;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A hand-driven node: sends the requests that a test writes and shows each response.
final class TestNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ManagedChannel channel;
    private final LinkedBlockingQueue<DeltaDiscoveryResponse> responses =
            new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
    private @Nullable ClientCallStreamObserver<DeltaDiscoveryRequest> requests;
    private final Node node;
    private boolean introduced;

    TestNode(InetSocketAddress server, String cluster, String id) {
        this(
                NettyChannelBuilder.forAddress(server).usePlaintext().build(),
                Node.newBuilder().setCluster(cluster).setId(id).build());
    }

    TestNode(ManagedChannel channel, Node node) {
        this.channel = channel;
        this.node = node;
        open(true);
    }

    /// A node that takes responses only one by one, when [#takeOne()] says so.
    static TestNode slow(InetSocketAddress server, String cluster, String id) {
        TestNode node = new TestNode(server, cluster, id);
        node.requests().cancel("", null);
        node.open(false);
        return node;
    }

    /// Sends a request; only the first of the stream names the node.
    void send(DeltaDiscoveryRequest.Builder request) {
        if (!introduced) {
            request.setNode(node);
            introduced = true;
        }
        requests().onNext(request.build());
    }

    /// Asks for all of a type.
    void subscribeToAll(XdsType type, Map<String, String> versions) {
        send(request(type).putAllInitialResourceVersions(versions));
    }

    void subscribe(XdsType type, String... names) {
        send(request(type).addAllResourceNamesSubscribe(Arrays.asList(names)));
    }

    /// The next response; fails where none comes.
    DeltaDiscoveryResponse next() {
        try {
            DeltaDiscoveryResponse response =
                    responses.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (response == null) {
                throw new AssertionError("no response; the stream ended with " + ends.peek());
            }
            return response;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    /// The next response, which must be of this type.
    DeltaDiscoveryResponse next(XdsType type) {
        DeltaDiscoveryResponse response = next();
        if (!response.getTypeUrl().equals(type.url())) {
            throw new AssertionError("expected " + type + " but got " + response);
        }
        return response;
    }

    /// Takes a response and accepts it.
    DeltaDiscoveryResponse accept(XdsType type) {
        DeltaDiscoveryResponse response = next(type);
        acknowledge(response);
        return response;
    }

    void acknowledge(DeltaDiscoveryResponse response) {
        send(
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(response.getTypeUrl())
                        .setResponseNonce(response.getNonce()));
    }

    void refuse(DeltaDiscoveryResponse response, String words) {
        send(
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(response.getTypeUrl())
                        .setResponseNonce(response.getNonce())
                        .setErrorDetail(Status.newBuilder().setCode(3).setMessage(words)));
    }

    /// Whether no response comes for a while.
    boolean hearsNothingFor(Duration time) throws InterruptedException {
        DeltaDiscoveryResponse response = responses.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (response != null) {
            throw new AssertionError("unexpected " + response);
        }
        return true;
    }

    /// Lets the server send one more message.
    void takeOne() {
        requests().request(1);
    }

    /// How the stream ended.
    Throwable end() throws InterruptedException {
        Throwable end = ends.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (end == null) {
            throw new AssertionError("the stream goes on");
        }
        return end;
    }

    static DeltaDiscoveryRequest.Builder request(XdsType type) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.url());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private ClientCallStreamObserver<DeltaDiscoveryRequest> requests() {
        return Objects.requireNonNull(requests);
    }

    private void open(boolean automatic) {
        introduced = false;
        AggregatedDiscoveryServiceGrpc.newStub(channel)
                .deltaAggregatedResources(new Responses(automatic));
    }

    /// Where gRPC delivers.
    private final class Responses
            implements ClientResponseObserver<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
        private final boolean automatic;

        Responses(boolean automatic) {
            this.automatic = automatic;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<DeltaDiscoveryRequest> stream) {
            requests = stream;
            if (!automatic) {
                stream.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable end) {
            ends.add(end);
        }

        @Override
        public void onCompleted() {
            ends.add(new IllegalStateException("completed"));
        }
    }
}
