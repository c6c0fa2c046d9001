package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Small valid resources that tests change in one place.
final class Samples {
    private static final Instant THEN = Instant.parse("2026-11-23T10:00:00Z");

    private Samples() {}

    static <S extends Spec> Resource<S> stored(String name, S spec) {
        Metadata metadata =
                new Metadata(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        1,
                        1,
                        THEN,
                        "ann",
                        THEN,
                        "ann");
        return Resource.of(Draft.of(name, spec), metadata);
    }

    static VirtualServer virtualServer(int port, @Nullable String targetGroup, RouteRule... rules) {
        return new VirtualServer(
                "127.0.0.1",
                port,
                VirtualServer.Protocol.HTTP,
                VirtualServer.AdminState.ENABLED,
                List.of(),
                null,
                List.of(rules),
                targetGroup);
    }

    static Configuration configuration(Resource<?>... resources) {
        List<Change> changes =
                java.util.Arrays.stream(resources)
                        .map(resource ->
                                new Change(resource.kind(), resource.name(), null, resource))
                        .toList();
        return Configuration.of(stored("lab", new Cluster(Engine.EMBEDDED, false)), 1)
                .with(changes, 2);
    }
}
