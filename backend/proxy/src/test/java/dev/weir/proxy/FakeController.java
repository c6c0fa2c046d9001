package dev.weir.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.Message;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A delta ADS server that sends what a test puts into it and remembers every answer.
final class FakeController implements AutoCloseable {
    private final Server server;
    private final Map<String, Map<String, Resource>> resources = new HashMap<>();
    private final List<DeltaDiscoveryRequest> requests = new ArrayList<>();
    private @Nullable Stream stream;
    private int version;
    private int nonce;

    FakeController(int port) throws IOException {
        server =
                Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                        .addService(new Service())
                        .build()
                        .start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    /// Adds or replaces resources of one type and waits for the answer; returns its error, empty
    /// for an ACK.
    String put(Map<String, ? extends Message> changed) throws InterruptedException {
        return change(changed, List.of());
    }

    String put(String name, Message message) throws InterruptedException {
        return put(Map.of(name, message));
    }

    synchronized void remove(Class<? extends Message> type, String name)
            throws InterruptedException {
        Message any = com.google.protobuf.Internal.getDefaultInstance(type);
        String url = Any.pack(any).getTypeUrl();
        resources.getOrDefault(url, new HashMap<>()).remove(name);
        Stream open = stream;
        if (open != null) {
            answer(open.send(url, List.of(), List.of(name)));
        }
    }

    synchronized String change(Map<String, ? extends Message> changed, Collection<String> removed)
            throws InterruptedException {
        String url = "";
        List<Resource> list = new ArrayList<>();
        for (Map.Entry<String, ? extends Message> entry : changed.entrySet()) {
            Any any = Any.pack(entry.getValue());
            url = any.getTypeUrl();
            Resource resource =
                    Resource.newBuilder()
                            .setName(entry.getKey())
                            .setVersion(Integer.toString(++version))
                            .setResource(any)
                            .build();
            resources
                    .computeIfAbsent(url, key -> new LinkedHashMap<>())
                    .put(entry.getKey(), resource);
            list.add(resource);
        }
        Stream open = stream;
        if (open == null || !open.wants(url, changed.keySet())) {
            return "";
        }
        return answer(open.send(url, list, removed));
    }

    private synchronized String answer(String sent) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < deadline) {
            for (DeltaDiscoveryRequest request : requests) {
                if (request.getResponseNonce().equals(sent)) {
                    return request.getErrorDetail().getMessage();
                }
            }
            wait(100);
        }
        throw new AssertionError("no answer to " + sent);
    }

    synchronized List<DeltaDiscoveryRequest> requests() {
        return List.copyOf(requests);
    }

    /// Ends the stream from this side.
    synchronized void hangUp() {
        if (stream != null) {
            stream.responses.onCompleted();
            stream = null;
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Service
            extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {
        @Override
        public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
                StreamObserver<DeltaDiscoveryResponse> responses) {
            synchronized (FakeController.this) {
                stream = new Stream(responses);
                return stream;
            }
        }
    }

    private final class Stream implements StreamObserver<DeltaDiscoveryRequest> {
        private final StreamObserver<DeltaDiscoveryResponse> responses;
        private final Map<String, Set<String>> subscribed = new HashMap<>();

        Stream(StreamObserver<DeltaDiscoveryResponse> responses) {
            this.responses = responses;
        }

        boolean wants(String url, Set<String> names) {
            Set<String> subscription = subscribed.get(url);
            return subscription != null
                    && (wildcard(url) || names.stream().anyMatch(subscription::contains));
        }

        private boolean wildcard(String url) {
            return url.endsWith(".Cluster") || url.endsWith(".Listener");
        }

        @Override
        public void onNext(DeltaDiscoveryRequest request) {
            synchronized (FakeController.this) {
                requests.add(request);
                FakeController.this.notifyAll();
                String url = request.getTypeUrl();
                boolean first = !subscribed.containsKey(url);
                Set<String> names = subscribed.computeIfAbsent(url, key -> new HashSet<>());
                names.addAll(request.getResourceNamesSubscribeList());
                request.getResourceNamesUnsubscribeList().forEach(names::remove);
                List<Resource> now = new ArrayList<>();
                Map<String, Resource> held = resources.getOrDefault(url, Map.of());
                held.forEach((name, resource) -> {
                    boolean asked =
                            request.getResourceNamesSubscribeList().contains(name)
                                    || (first && wildcard(url));
                    String known = request.getInitialResourceVersionsMap().get(name);
                    if (asked && !resource.getVersion().equals(known)) {
                        now.add(resource);
                    }
                });
                List<String> gone =
                        request.getInitialResourceVersionsMap().keySet().stream()
                                .filter(name -> !held.containsKey(name))
                                .toList();
                if (!now.isEmpty() || !gone.isEmpty()) {
                    send(url, now, gone);
                }
            }
        }

        String send(String url, List<Resource> list, Collection<String> removed) {
            String sent = Integer.toString(++nonce);
            responses.onNext(
                    DeltaDiscoveryResponse.newBuilder()
                            .setTypeUrl(url)
                            .setNonce(sent)
                            .addAllResources(list)
                            .addAllRemovedResources(removed)
                            .build());
            return sent;
        }

        @Override
        public void onError(Throwable cause) {
            // the proxy went away
        }

        @Override
        public void onCompleted() {
            responses.onCompleted();
        }
    }
}
