package dev.weir.xds;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/// A node that behaves as Envoy does: it subscribes to what its clusters and listeners name, takes
/// a response as a whole or refuses it, and complains whenever a route would lead nowhere.
final class SimulatedNode {
    final EnumMap<XdsType, Map<String, Resource>> held = new EnumMap<>(XdsType.class);
    final EnumMap<XdsType, Set<String>> subscribed = new EnumMap<>(XdsType.class);

    /// Every response that was sent, oldest first.
    final List<DeltaDiscoveryResponse> received = new ArrayList<>();

    /// Whether a resource is refused: null where it is fine, else the node's words.
    BiFunction<XdsType, Resource, @Nullable String> judge = (type, resource) -> null;

    long nanos;
    DeltaStream stream = new DeltaStream(() -> nanos);
    long waitUntil;
    private final Deque<DeltaDiscoveryResponse> unanswered = new ArrayDeque<>();

    SimulatedNode() {
        for (XdsType type : XdsType.values()) {
            held.put(type, new HashMap<>());
            subscribed.put(type, new LinkedHashSet<>());
        }
    }

    /// Opens the stream as Envoy does, with what it still holds from an earlier one.
    void connect(@Nullable Translation translation) {
        stream = new DeltaStream(() -> nanos);
        unanswered.clear();
        if (translation != null) {
            stream.attach(translation);
        }
        for (XdsType type : XdsType.values()) {
            if (type.isRoot() || !subscribed.get(type).isEmpty()) {
                DeltaDiscoveryRequest.Builder request = request(type);
                held.get(type)
                        .forEach((name, resource) ->
                                request.putInitialResourceVersions(name, resource.getVersion()));
                stream.receive(request.addAllResourceNamesSubscribe(subscribed.get(type)).build());
            }
        }
    }

    /// Takes what the stream wants to send now.
    void pump() {
        while (true) {
            switch (stream.next()) {
                case Decision.Send send -> {
                    received.add(send.response());
                    unanswered.add(send.response());
                }
                case Decision.Wait wait -> {
                    waitUntil = wait.until();
                    return;
                }
            }
        }
    }

    boolean hasUnanswered() {
        return !unanswered.isEmpty();
    }

    /// Deals with the oldest response.
    Receipt answer() {
        DeltaDiscoveryResponse response = unanswered.removeFirst();
        XdsType type = XdsType.ofUrl(response.getTypeUrl()).orElseThrow();
        DeltaDiscoveryRequest.Builder request = request(type).setResponseNonce(response.getNonce());
        for (Resource resource : response.getResourcesList()) {
            String words = judge.apply(type, resource);
            if (words != null) {
                request.setErrorDetail(Status.newBuilder().setCode(3).setMessage(words));
                return stream.receive(request.build());
            }
        }
        apply(type, response);
        Receipt receipt = stream.receive(request.build());
        follow();
        return receipt;
    }

    /// Answers everything until nothing more comes, and lets time pass where only that helps.
    void settle() {
        for (int i = 0; i < 1000; i++) {
            pump();
            if (hasUnanswered()) {
                answer();
            } else if (waitUntil != Long.MAX_VALUE && i < 900) {
                nanos = Math.max(nanos, waitUntil);
                pump();
                if (!hasUnanswered() && waitUntil <= nanos) {
                    throw new AssertionError("waits for a time that has come");
                }
            } else {
                return;
            }
        }
        throw new AssertionError("never settles");
    }

    /// Names of the resources of a type in all responses since this one.
    List<String> sent(XdsType type, int from) {
        return received.subList(from, received.size()).stream()
                .filter(response -> response.getTypeUrl().equals(type.url()))
                .flatMap(response -> response.getResourcesList().stream())
                .map(Resource::getName)
                .toList();
    }

    List<String> removed(XdsType type, int from) {
        return received.subList(from, received.size()).stream()
                .filter(response -> response.getTypeUrl().equals(type.url()))
                .flatMap(response -> response.getRemovedResourcesList().stream())
                .toList();
    }

    Map<String, String> versions(XdsType type) {
        Map<String, String> versions = new LinkedHashMap<>();
        held.get(type).forEach((name, resource) -> versions.put(name, resource.getVersion()));
        return versions;
    }

    private void apply(XdsType type, DeltaDiscoveryResponse response) {
        for (String name : response.getRemovedResourcesList()) {
            held.get(type).remove(name);
            if (type == XdsType.CLUSTER && inUse().contains(name)) {
                throw new AssertionError("break before make: " + name + " is still in use");
            }
        }
        for (Resource resource : response.getResourcesList()) {
            held.get(type).put(resource.getName(), resource);
            if (type == XdsType.ROUTE) {
                for (String cluster : clusters(resource)) {
                    if (!held.get(XdsType.CLUSTER).containsKey(cluster)
                            || !held.get(XdsType.ENDPOINT).containsKey(cluster)) {
                        throw new AssertionError("a route leads to " + cluster + " too early");
                    }
                }
            }
        }
    }

    /// Subscribes to what clusters and listeners name, and gives up what they no longer do.
    private void follow() {
        subscribe(XdsType.ENDPOINT, held.get(XdsType.CLUSTER).keySet());
        subscribe(XdsType.ROUTE, held.get(XdsType.LISTENER).keySet());
    }

    void subscribe(XdsType type, Set<String> wanted) {
        Set<String> before = subscribed.get(type);
        DeltaDiscoveryRequest.Builder request = request(type);
        wanted.stream()
                .filter(n -> !before.contains(n))
                .forEach(request::addResourceNamesSubscribe);
        before.stream()
                .filter(name -> !wanted.contains(name))
                .forEach(request::addResourceNamesUnsubscribe);
        if (request.getResourceNamesSubscribeCount() + request.getResourceNamesUnsubscribeCount()
                == 0) {
            return;
        }
        subscribed.put(type, new LinkedHashSet<>(wanted));
        held.get(type).keySet().retainAll(wanted);
        stream.receive(request.build());
    }

    private Set<String> inUse() {
        Set<String> clusters = new HashSet<>();
        held.get(XdsType.ROUTE).values().forEach(route -> clusters.addAll(clusters(route)));
        return clusters;
    }

    static Set<String> clusters(Resource route) {
        Set<String> clusters = new LinkedHashSet<>();
        try {
            route.getResource().unpack(RouteConfiguration.class).getVirtualHostsList().stream()
                    .flatMap(host -> host.getRoutesList().stream())
                    .map(Route::getRoute)
                    .forEach(action -> {
                        if (action.getClusterSpecifierCase()
                                == RouteAction.ClusterSpecifierCase.CLUSTER) {
                            clusters.add(action.getCluster());
                        }
                        action.getWeightedClusters().getClustersList().stream()
                                .map(WeightedCluster.ClusterWeight::getName)
                                .forEach(clusters::add);
                    });
        } catch (InvalidProtocolBufferException wrong) {
            throw new AssertionError(wrong);
        }
        return clusters;
    }

    private static DeltaDiscoveryRequest.Builder request(XdsType type) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.url());
    }
}
