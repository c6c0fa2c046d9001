package dev.weir.proxy.discovery;

import com.google.rpc.Code;
import com.google.rpc.Status;

import dev.weir.proxy.listener.Listeners;
import dev.weir.proxy.upstream.Clusters;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The proxy's end of one delta ADS stream: subscribes, applies, answers, and connects again for
/// ever.
///
/// What was applied stays when the stream ends; the next stream says which versions are here.
/// Everything runs on the control thread.
public final class DiscoveryClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryClient.class);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long WARM_STEP_MILLIS = 5;
    private static final int WARM_STEPS = 600;
    private static final long LONGEST_BACKOFF_MILLIS = 10_000;

    private final ManagedChannel channel;
    private final Node node;
    private final ScheduledExecutorService control;
    private final RandomGenerator random;
    private final Configuration configuration;
    private final Map<ResourceType, Map<String, String>> versions =
            new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, Set<String>> subscribed = new EnumMap<>(ResourceType.class);
    private @Nullable Stream stream;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private boolean closed;

    /// @param control a single thread that owns all configuration
    public DiscoveryClient(
            ManagedChannel channel,
            Node node,
            ScheduledExecutorService control,
            RandomGenerator random,
            Clusters clusters,
            Listeners listeners) {
        this.channel = channel;
        this.node = node;
        this.control = control;
        this.random = random;
        this.configuration = new Configuration(clusters, listeners);
        for (ResourceType type : ResourceType.values()) {
            versions.put(type, new HashMap<>());
            subscribed.put(type, new HashSet<>());
        }
    }

    /// Opens the first stream.
    public void start() {
        control.execute(this::connect);
    }

    private void connect() {
        if (closed) {
            return;
        }
        Stream opened = new Stream();
        stream = opened;
        opened.requests =
                AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(opened);
        boolean first = true;
        for (ResourceType type : ResourceType.values()) {
            Set<String> wanted = configuration.wanted(type);
            subscribed.put(type, wanted);
            if (!type.wildcard() && wanted.isEmpty()) {
                continue;
            }
            DeltaDiscoveryRequest.Builder request =
                    DeltaDiscoveryRequest.newBuilder()
                            .setTypeUrl(type.url())
                            .addAllResourceNamesSubscribe(wanted)
                            .putAllInitialResourceVersions(versions(type));
            if (first) {
                request.setNode(node);
                first = false;
            }
            opened.send(request.build());
        }
    }

    private Map<String, String> versions(ResourceType type) {
        return java.util.Objects.requireNonNull(versions.get(type));
    }

    private Set<String> subscribed(ResourceType type) {
        return java.util.Objects.requireNonNull(subscribed.get(type));
    }

    /// Routes wait, and their answer with them, until what they lead to can serve.
    private void warmed(Stream from, DeltaDiscoveryResponse response, int waits) {
        if (from != stream) {
            return;
        }
        boolean routes = ResourceType.of(response.getTypeUrl()) == ResourceType.ROUTES;
        if (routes && waits > 0 && !configuration.warm(response.getResourcesList())) {
            var _ =
                    control.schedule(
                            () -> warmed(from, response, waits - 1),
                            WARM_STEP_MILLIS,
                            TimeUnit.MILLISECONDS);
            return;
        }
        received(from, response);
    }

    private void received(Stream from, DeltaDiscoveryResponse response) {
        backoffMillis = FIRST_BACKOFF_MILLIS;
        ResourceType type = ResourceType.of(response.getTypeUrl());
        DeltaDiscoveryRequest.Builder answer =
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(response.getTypeUrl())
                        .setResponseNonce(response.getNonce());
        if (type == null) {
            from.send(
                    answer.setErrorDetail(refusal("type " + response.getTypeUrl() + " is unknown"))
                            .build());
            return;
        }
        List<String> problems = problems(type, response);
        if (problems.isEmpty()) {
            for (Resource resource : response.getResourcesList()) {
                versions(type).put(resource.getName(), resource.getVersion());
            }
            response.getRemovedResourcesList().forEach(versions(type)::remove);
        } else {
            LOG.warn("refused {}: {}", response.getTypeUrl(), problems);
            answer.setErrorDetail(refusal(String.join("\n", problems)));
        }
        from.send(answer.build());
        if (problems.isEmpty()) {
            subscribe(from);
        }
    }

    private List<String> problems(ResourceType type, DeltaDiscoveryResponse response) {
        try {
            return configuration.apply(
                    type, response.getResourcesList(), response.getRemovedResourcesList());
        } catch (RuntimeException e) {
            // a defect of ours must not end the stream: the controller is told, the old state
            // serves on
            LOG.error("applying {} failed", response.getTypeUrl(), e);
            return List.of(
                    response.getResourcesList().stream()
                                    .map(Resource::getName)
                                    .findFirst()
                                    .orElse("")
                            + ": cannot be applied: "
                            + e);
        }
    }

    private static Status refusal(String message) {
        return Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage(message).build();
    }

    /// Asks for what is newly referred to and no longer for what is not.
    private void subscribe(Stream to) {
        for (ResourceType type : ResourceType.values()) {
            if (type.wildcard()) {
                continue;
            }
            Configuration.SubscriptionChange change = configuration.follow(type, subscribed(type));
            if (change.isEmpty()) {
                continue;
            }
            configuration.forget(type, change.gone());
            versions(type).keySet().removeAll(change.gone());
            to.send(
                    DeltaDiscoveryRequest.newBuilder()
                            .setTypeUrl(type.url())
                            .addAllResourceNamesSubscribe(change.added())
                            .addAllResourceNamesUnsubscribe(change.gone())
                            .build());
        }
    }

    private void ended(Stream which, @Nullable Throwable cause) {
        if (which != stream || closed) {
            return;
        }
        stream = null;
        long wait = backoffMillis / 2 + random.nextLong(1 + backoffMillis / 2);
        backoffMillis = Math.min(LONGEST_BACKOFF_MILLIS, backoffMillis * 2);
        LOG.info(
                "stream to the controller ended ({}); again in {} ms",
                cause == null ? "by the controller" : cause.getMessage(),
                wait);
        var _ = control.schedule(this::connect, wait, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        control.execute(() -> {
            closed = true;
            if (stream != null) {
                stream.cancel();
            }
        });
        channel.shutdownNow();
    }

    /// One stream; its callbacks move to the control thread.
    private final class Stream implements StreamObserver<DeltaDiscoveryResponse> {
        private @Nullable StreamObserver<DeltaDiscoveryRequest> requests;

        void send(DeltaDiscoveryRequest request) {
            if (requests != null) {
                requests.onNext(request);
            }
        }

        void cancel() {
            if (requests != null) {
                requests.onCompleted();
            }
        }

        private void onControl(Runnable task) {
            try {
                control.execute(task);
            } catch (RejectedExecutionException e) {
                LOG.debug("the proxy is closing", e);
            }
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            onControl(() -> warmed(this, response, WARM_STEPS));
        }

        @Override
        public void onError(Throwable cause) {
            onControl(() -> ended(this, cause));
        }

        @Override
        public void onCompleted() {
            onControl(() -> ended(this, null));
        }
    }
}
