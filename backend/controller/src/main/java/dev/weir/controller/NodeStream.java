package dev.weir.controller;

import dev.weir.model.Configuration;
import dev.weir.model.NodeIdentity;
import dev.weir.xds.Decision;
import dev.weir.xds.DeltaStream;
import dev.weir.xds.InvalidRequestException;
import dev.weir.xds.Receipt;
import dev.weir.xds.Rejected;
import dev.weir.xds.Translation;
import dev.weir.xds.XdsKey;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/// One node's gRPC stream: carries requests to the pure [DeltaStream] and performs its decisions.
///
/// Belongs to the controller's thread, which gRPC's callbacks hand over to.
final class NodeStream {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStream.class);

    private final ControllerThread thread;
    private final Fleet fleet;
    private final ServerCallStreamObserver<DeltaDiscoveryResponse> responses;
    private final NodeIdentity identity;
    private final LongSupplier nanoTime;
    private final DeltaStream stream;
    private String cluster = "";
    private String node = "";
    private boolean joined;
    private boolean ended;
    private @Nullable Future<?> timer;
    private long timerAt = Long.MAX_VALUE;
    private long loggedApplied;

    NodeStream(
            ControllerThread thread,
            Fleet fleet,
            ServerCallStreamObserver<DeltaDiscoveryResponse> responses,
            NodeIdentity identity,
            LongSupplier nanoTime) {
        this.thread = thread;
        this.fleet = fleet;
        this.responses = responses;
        this.identity = identity;
        this.nanoTime = nanoTime;
        this.stream = new DeltaStream(nanoTime);
        responses.disableAutoRequest();
        responses.setOnReadyHandler(() -> thread.execute(this::pump));
        responses.setOnCancelHandler(() -> thread.execute(this::end));
        responses.request(1);
    }

    /// Where gRPC delivers; the next request is asked for when one has been dealt with, so a node
    /// cannot flood the controller.
    StreamObserver<DeltaDiscoveryRequest> requests() {
        return new StreamObserver<>() {
            @Override
            public void onNext(DeltaDiscoveryRequest request) {
                thread.execute(() -> receive(request));
            }

            @Override
            public void onError(Throwable broken) {
                thread.execute(NodeStream.this::end);
            }

            @Override
            public void onCompleted() {
                thread.execute(NodeStream.this::complete);
            }
        };
    }

    String cluster() {
        return cluster;
    }

    String node() {
        return node;
    }

    /// Whether the certificate that this stream came with was issued to the node that it says to
    /// be, as that is declared now; ends the stream where it was not.
    boolean isTrusted(@Nullable Configuration now) {
        if (identity.isOf(now == null ? null : now.nodes().get(node))) {
            return true;
        }
        fail(
                Status.PERMISSION_DENIED.withDescription(
                        "node %s of cluster %s: is not the one that this certificate was issued to;"
                                        .formatted(node, cluster)
                                + " declare it and join again"));
        return false;
    }

    long applied() {
        return stream.applied();
    }

    List<Rejected> rejected() {
        return stream.rejected();
    }

    void attach(Translation translation) {
        stream.attach(translation);
        pump();
    }

    void changed(Collection<XdsKey> keys) {
        stream.changed(keys);
        pump();
    }

    /// Ends this stream alone; its node connects again and begins anew.
    private void failed(RuntimeException defect) {
        LOG.error("cluster={} node={} step=failed", cluster, node, defect);
        fail(Status.INTERNAL.withDescription("the controller failed; see its log"));
    }

    private void receive(DeltaDiscoveryRequest request) {
        if (ended) {
            return;
        }
        try {
            if (request.equals(RequestMarshaller.UNREADABLE)) {
                throw new InvalidRequestException(
                        "message: cannot be read as a DeltaDiscoveryRequest; send protobuf");
            }
            if (!joined) {
                join(request);
            }
            if (ended) {
                return; // by the fleet, which does not trust it
            }
            log(stream.receive(request));
            pump();
            responses.request(1);
        } catch (InvalidRequestException invalid) {
            fail(Status.INVALID_ARGUMENT.withDescription(invalid.getMessage()));
        } catch (RuntimeException defect) {
            failed(defect);
        }
    }

    /// Later messages need not repeat the node (`set_node_on_first_message_only`), and a stream
    /// never changes hands.
    private void join(DeltaDiscoveryRequest request) {
        if (request.getNode().getId().isEmpty() || request.getNode().getCluster().isEmpty()) {
            throw new InvalidRequestException(
                    "node: the first message must hold node.id and node.cluster; set them in the"
                            + " bootstrap");
        }
        cluster = request.getNode().getCluster();
        node = request.getNode().getId();
        joined = true;
        LOG.info(
                "cluster={} node={} step=connected agent={} {}",
                cluster,
                node,
                request.getNode().getUserAgentName(),
                request.getNode().getUserAgentVersion());
        fleet.join(this);
    }

    private void pump() {
        try {
            sendAll();
        } catch (RuntimeException defect) {
            failed(defect);
        }
    }

    /// Sends what there is to send while the node takes it.
    private void sendAll() {
        while (!ended && joined && !responses.isCancelled()) {
            if (!responses.isReady()) {
                break; // gRPC calls again
            }
            switch (stream.next()) {
                case Decision.Send send -> {
                    responses.onNext(send.response());
                    LOG.info(
                            "revision={} node={} step=sent type={} resources={} removed={}",
                            send.revision(),
                            node,
                            send.type(),
                            send.response().getResourcesCount(),
                            send.response().getRemovedResourcesCount());
                }
                case Decision.Wait wait -> {
                    pumpAt(wait.until());
                    logApplied();
                    fleet.report(this);
                    return;
                }
            }
        }
    }

    private void pumpAt(long until) {
        if (until == timerAt) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        timerAt = until;
        if (until != Long.MAX_VALUE) {
            timer = thread.schedule(this::onTime, Math.max(0, until - nanoTime.getAsLong()));
        }
    }

    private void onTime() {
        timerAt = Long.MAX_VALUE;
        timer = null;
        pump();
    }

    private void log(Receipt receipt) {
        switch (receipt) {
            case Receipt.Acknowledged acked ->
                    LOG.info(
                            "revision={} node={} step=acked type={}",
                            acked.revision(),
                            node,
                            acked.type());
            case Receipt.Refused refused ->
                    LOG.warn(
                            "revision={} node={} step=refused type={} resources={} message={}",
                            refused.revision(),
                            node,
                            refused.type(),
                            refused.names().size() == 1 ? refused.names() : refused.names().size(),
                            refused.message());
            case Receipt.Stale stale ->
                    LOG.info(
                            "node={} step=ignored type={} nonce={}",
                            node,
                            stale.type(),
                            stale.nonce());
            case Receipt.Subscribed subscribed -> {}
        }
    }

    private void logApplied() {
        if (stream.applied() > loggedApplied) {
            loggedApplied = stream.applied();
            LOG.info("revision={} node={} step=applied", loggedApplied, node);
        }
    }

    private void complete() {
        if (!ended) {
            responses.onCompleted();
            end();
        }
    }

    private void fail(Status status) {
        LOG.warn("cluster={} node={} step=closed status={}", cluster, node, status);
        responses.onError(status.asRuntimeException());
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        pumpAt(Long.MAX_VALUE);
        if (joined) {
            LOG.info("cluster={} node={} step=disconnected", cluster, node);
            fleet.leave(this);
        }
    }
}
