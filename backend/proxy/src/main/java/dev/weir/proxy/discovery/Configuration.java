package dev.weir.proxy.discovery;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import dev.weir.proxy.listener.Certificate;
import dev.weir.proxy.listener.ListenerSpec;
import dev.weir.proxy.listener.Listeners;
import dev.weir.proxy.routing.RouteTable;
import dev.weir.proxy.upstream.ClusterSpec;
import dev.weir.proxy.upstream.Clusters;
import dev.weir.proxy.upstream.EndpointSpec;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// What the proxy serves: takes whole responses, all of one or nothing of it. Owned by the control
/// thread.
final class Configuration {
    private final Clusters clusters;
    private final Listeners listeners;
    private final Map<String, ClusterSpec> clusterSpecs = new HashMap<>();
    private final Map<String, List<EndpointSpec>> assignments = new HashMap<>();
    private final Map<String, ListenerSpec> listenerSpecs = new HashMap<>();
    private final References endpointsUsed = new References();
    private final References routesUsed = new References();
    private final References secretsUsed = new References();

    Configuration(Clusters clusters, Listeners listeners) {
        this.clusters = clusters;
        this.listeners = listeners;
    }

    /// Applies a response.
    ///
    /// @return every problem as `name: field: what`; when there is one, nothing was changed
    List<String> apply(ResourceType type, List<Resource> resources, Collection<String> removed) {
        return switch (type) {
            case CLUSTER -> clusters(resources, removed);
            case ENDPOINTS -> endpoints(resources);
            case LISTENER -> listeners(resources, removed);
            case ROUTES -> routes(resources);
            case SECRET -> secrets(resources);
        };
    }

    /// Reads every resource; with a problem in any of them the result is worth nothing.
    private static <T extends Message, S> Map<String, S> read(
            List<Resource> resources,
            Class<T> message,
            BiFunction<T, FieldCheck, S> reader,
            List<String> problems) {
        Map<String, S> read = new HashMap<>();
        for (Resource resource : resources) {
            FieldCheck check = new FieldCheck(resource.getName());
            Any any = resource.getResource();
            T unpacked = check.unpack(any, message, "");
            if (unpacked != null) {
                read.put(resource.getName(), reader.apply(unpacked, check));
            }
            problems.addAll(check.problems());
        }
        return read;
    }

    private List<String> clusters(List<Resource> resources, Collection<String> removed) {
        List<String> problems = new ArrayList<>();
        Map<String, ClusterSpec> specs =
                read(resources, Cluster.class, ClusterReader::read, problems);
        if (!problems.isEmpty()) {
            return problems;
        }
        specs.forEach((name, spec) -> {
            refer(name, clusterSpecs.put(name, spec), spec);
            clusters.put(spec);
            List<EndpointSpec> known = assignments.get(spec.endpointsName());
            if (known != null) {
                clusters.endpoints(name, known);
            }
        });
        for (String name : removed) {
            refer(name, clusterSpecs.remove(name), null);
            clusters.remove(name);
        }
        return List.of();
    }

    private void refer(String name, @Nullable ClusterSpec before, @Nullable ClusterSpec after) {
        List<String> old = before == null ? List.of() : List.of(before.endpointsName());
        endpointsUsed.replace(
                name, old, after == null ? List.of() : List.of(after.endpointsName()));
        for (String endpoints : old) {
            if (!endpointsUsed.isUsed(endpoints)) {
                assignments.remove(endpoints);
            }
        }
    }

    private List<String> endpoints(List<Resource> resources) {
        List<String> problems = new ArrayList<>();
        Map<String, List<EndpointSpec>> read =
                read(resources, ClusterLoadAssignment.class, EndpointReader::read, problems);
        if (!problems.isEmpty()) {
            return problems;
        }
        assignments.putAll(read);
        read.forEach((name, changed) ->
                endpointsUsed.users(name).forEach(user -> clusters.endpoints(user, changed)));
        return List.of();
    }

    private List<String> listeners(List<Resource> resources, Collection<String> removed) {
        List<String> problems = new ArrayList<>();
        Map<String, Optional<ListenerSpec>> read =
                read(resources, Listener.class, ListenerReader::read, problems);
        if (!problems.isEmpty()) {
            return problems;
        }
        List<ListenerSpec> specs = read.values().stream().flatMap(Optional::stream).toList();
        List<String> refused = listeners.apply(specs, removed);
        if (refused.isEmpty()) {
            removed.forEach(name -> refer(name, listenerSpecs.remove(name), null));
            specs.forEach(spec -> refer(spec.name(), listenerSpecs.put(spec.name(), spec), spec));
        }
        return refused;
    }

    private void refer(String name, @Nullable ListenerSpec before, @Nullable ListenerSpec after) {
        routesUsed.replace(
                name,
                before == null ? List.of() : List.of(before.routesName()),
                after == null ? List.of() : List.of(after.routesName()));
        secretsUsed.replace(name, secrets(before), secrets(after));
    }

    private static List<String> secrets(@Nullable ListenerSpec spec) {
        return spec == null || spec.tls() == null ? List.of() : spec.tls().secrets();
    }

    /// Whether the target groups that these routes lead to can serve; sending traffic to one whose
    /// endpoints are still unchecked would answer 503.
    boolean warm(List<Resource> resources) {
        for (Resource resource : resources) {
            try {
                RouteConfiguration routes = resource.getResource().unpack(RouteConfiguration.class);
                if (!RouteReader.clusterNames(routes).allMatch(this::warm)) {
                    return false;
                }
            } catch (InvalidProtocolBufferException e) {
                // refused with its reason when it is applied
                return true;
            }
        }
        return true;
    }

    private boolean warm(String name) {
        dev.weir.proxy.upstream.Cluster cluster = clusters.slot(name).cluster();
        return cluster == null || cluster.warm();
    }

    private List<String> routes(List<Resource> resources) {
        List<String> problems = new ArrayList<>();
        Map<String, RouteTable> tables =
                read(
                        resources,
                        RouteConfiguration.class,
                        (message, check) -> RouteReader.read(message, clusters::slot, check),
                        problems);
        if (problems.isEmpty()) {
            tables.forEach(listeners::routes);
        }
        return problems;
    }

    private List<String> secrets(List<Resource> resources) {
        List<String> problems = new ArrayList<>();
        Map<String, Optional<Certificate>> certificates =
                read(resources, Secret.class, SecretReader::read, problems);
        if (problems.isEmpty()) {
            certificates
                    .values()
                    .forEach(certificate -> certificate.ifPresent(listeners::certificate));
        }
        return problems;
    }

    /// The names that the resources held refer to; empty for the types that are wanted whole.
    Set<String> wanted(ResourceType type) {
        return switch (type) {
            case CLUSTER, LISTENER -> new HashSet<>();
            case ENDPOINTS -> endpointsUsed.names();
            case ROUTES -> routesUsed.names();
            case SECRET -> secretsUsed.names();
        };
    }

    /// Brings what is subscribed into line with what is wanted, at the cost of what has changed
    /// since the last call.
    ///
    /// @param subscribed is changed
    SubscriptionChange follow(ResourceType type, Set<String> subscribed) {
        return switch (type) {
            case CLUSTER, LISTENER -> new SubscriptionChange(Set.of(), Set.of());
            case ENDPOINTS -> SubscriptionChange.follow(endpointsUsed, subscribed);
            case ROUTES -> SubscriptionChange.follow(routesUsed, subscribed);
            case SECRET -> SubscriptionChange.follow(secretsUsed, subscribed);
        };
    }

    /// What a subscription has to ask for and to give up.
    record SubscriptionChange(Set<String> added, Set<String> gone) {

        private static SubscriptionChange follow(References used, Set<String> subscribed) {
            Set<String> added = new HashSet<>();
            Set<String> gone = new HashSet<>();
            for (String name : used.takeTouched()) {
                if (used.isUsed(name)) {
                    if (subscribed.add(name)) {
                        added.add(name);
                    }
                } else if (subscribed.remove(name)) {
                    gone.add(name);
                }
            }
            return new SubscriptionChange(added, gone);
        }

        boolean isEmpty() {
            return added.isEmpty() && gone.isEmpty();
        }
    }

    /// Forgets what nothing refers to any more.
    void forget(ResourceType type, Collection<String> names) {
        switch (type) {
            case CLUSTER, LISTENER -> {}
            case ENDPOINTS -> names.forEach(assignments::remove);
            case ROUTES -> names.forEach(listeners::forgetRoutes);
            case SECRET -> names.forEach(listeners::forgetCertificate);
        }
    }
}
