package dev.weir.xds;

import dev.weir.xds.SendRules.Verdict;
import dev.weir.xds.TypeState.InFlight;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// One response in the making; what goes in is no longer due.
///
/// Belongs to the thread of its [DeltaStream].
final class ResponseDraft {
    /// More would hold up the other types, and gRPC's default limit is 4 MiB.
    private static final int MAX_BYTES = 1024 * 1024;

    private final StreamState state;
    private final TypeState type;
    private final boolean removalOnly;
    private final DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder();
    private final Map<String, @Nullable XdsResource> items = new LinkedHashMap<>();
    private final Map<String, Long> since = new HashMap<>();
    private int bytes;

    ResponseDraft(StreamState state, TypeState type, boolean removalOnly) {
        this.state = state;
        this.type = type;
        this.removalOnly = removalOnly;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    boolean isFull() {
        return bytes >= MAX_BYTES;
    }

    void consider(String name, Verdict verdict) {
        XdsKey key = new XdsKey(type.type, name);
        switch (verdict) {
            case NOTHING -> type.due.remove(name);
            case SEND -> {
                XdsResource resource = state.desired(key);
                if (resource != null) {
                    response.addResources(resource.wire());
                    take(name, resource, resource.wire().getSerializedSize());
                    warmAgain(key);
                }
            }
            case ANSWER_MISSING -> {
                if (type.type == XdsType.ENDPOINT) {
                    response.addResources(
                            Serialized.resource(name, EndpointTranslation.empty(name)));
                } else {
                    response.addRemovedResources(name);
                }
                take(name, null, name.length());
            }
            case REMOVE -> {
                response.addRemovedResources(name);
                take(name, null, name.length());
            }
            case WAIT, BLOCKED, REMOVE_WHEN_QUIET -> {}
        }
    }

    /// Notes the response as under way.
    Decision send(String nonce) {
        long revision = state.translation == null ? 0 : state.translation.revision();
        type.inFlight = new InFlight(nonce, revision, items, since, removalOnly);
        return new Decision.Send(
                type.type,
                revision,
                response.setTypeUrl(type.type.url())
                        .setNonce(nonce)
                        .setSystemVersionInfo(Long.toString(revision))
                        .build());
    }

    private void take(String name, @Nullable XdsResource resource, int size) {
        Long due = type.due.remove(name);
        items.put(name, resource);
        since.put(name, due == null ? 0 : due);
        type.asked.remove(name);
        bytes += size;
    }

    /// A cluster that changes warms anew, and Envoy waits for its endpoints even where they are the
    /// same (xDS protocol, "Resource warming").
    private void warmAgain(XdsKey key) {
        TypeState endpoints = state.of(XdsType.ENDPOINT);
        if (key.type() == XdsType.CLUSTER
                && type.hasAny(key.name())
                && endpoints.wants(key.name())) {
            endpoints.asked.add(key.name());
            endpoints.mark(key.name(), since.getOrDefault(key.name(), 0L));
        }
    }
}
