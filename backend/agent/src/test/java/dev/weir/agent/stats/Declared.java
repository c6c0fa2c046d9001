package dev.weir.agent.stats;

import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Engine;
import dev.weir.model.Metadata;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Spec;
import dev.weir.model.Subscription;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// A revision source that holds what a test declared last.
final class Declared implements RevisionSource {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Configuration configuration =
            Configuration.of(resource("shop", 1, 1, new Cluster(Engine.ENVOY, false)), 1);

    void declare(
            Map<String, Resource<VirtualServer>> virtualServers,
            Map<String, Resource<TargetGroup>> targetGroups) {
        Configuration now =
                new Configuration(
                        configuration.cluster(),
                        new TreeMap<>(),
                        new TreeMap<>(virtualServers),
                        new TreeMap<>(targetGroups),
                        new TreeMap<>(),
                        configuration.revision() + 1);
        configuration = now;
        Revision revision =
                new Revision(
                        now.revision(),
                        "shop",
                        now.revision() - 1,
                        Instant.EPOCH,
                        "",
                        "",
                        List.of());
        listeners.forEach(listener -> listener.committed(revision, now));
    }

    void declareVirtualServers(int... indexes) {
        SortedMap<String, Resource<VirtualServer>> byName = new TreeMap<>();
        for (int index : indexes) {
            byName.put("vs-" + index, virtualServer(index, null));
        }
        declare(byName, Map.of());
    }

    static Resource<VirtualServer> virtualServer(int index, @Nullable String targetGroup) {
        return resource(
                "vs-" + index,
                index,
                index,
                new VirtualServer(
                        "127.0.0.1",
                        8000 + index,
                        VirtualServer.Protocol.HTTP,
                        VirtualServer.AdminState.ENABLED,
                        List.of(),
                        null,
                        List.of(),
                        targetGroup));
    }

    static <S extends Spec> Resource<S> resource(String name, int index, long revision, S spec) {
        Metadata metadata =
                new Metadata(
                        new UUID(0, index), index, revision, Instant.EPOCH, "", Instant.EPOCH, "");
        return new Resource<>(name, "", Map.of(), spec, metadata);
    }

    @Override
    public Set<String> clusters() {
        return Set.of("shop");
    }

    @Override
    public Optional<Configuration> current(String cluster) {
        return Optional.of(configuration);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
