package dev.weir.xds;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that one stream knows.
///
/// Belongs to the thread of its [DeltaStream].
final class StreamState {
    private final EnumMap<XdsType, TypeState> types = new EnumMap<>(XdsType.class);

    /// What the node will ask for because of what it has acknowledged.
    final Map<XdsKey, Awaited> awaited = new LinkedHashMap<>();

    /// For each listener and route configuration that the node holds, what it speaks of.
    final Map<XdsKey, List<XdsKey>> inUse = new HashMap<>();

    /// Null while nothing is known of the node's cluster.
    @Nullable Translation translation;

    /// When the node is taken to have said all that it wants.
    long settleBy = Long.MAX_VALUE;

    StreamState() {
        for (XdsType type : XdsType.values()) {
            types.put(type, new TypeState(type));
        }
    }

    TypeState of(XdsType type) {
        TypeState state = types.get(type);
        if (state == null) {
            throw new IllegalStateException(type + ": the constructor makes a state for each type");
        }
        return state;
    }

    Iterable<TypeState> all() {
        return types.values();
    }

    @Nullable XdsResource desired(XdsKey key) {
        return translation == null ? null : translation.find(key).orElse(null);
    }

    /// Whether the node has said what it wants, so that what it does not need can be told.
    ///
    /// On a new stream the clusters are asked for before the listeners; a cluster that is to go may
    /// still be in use by a route that has not been spoken of.
    boolean isSettled(long now) {
        boolean spoken =
                of(XdsType.CLUSTER).seen
                        && of(XdsType.LISTENER).seen
                        && (of(XdsType.ROUTE).seen || of(XdsType.LISTENER).held.isEmpty());
        return spoken || now >= settleBy;
    }

    /// @param since the revision that waits for it
    /// @param deadline when to go on without it, in nanoseconds of the stream's clock
    record Awaited(long since, long deadline) {}
}
