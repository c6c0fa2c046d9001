package dev.weir.xds;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one stream knows of one type: what the node asked for, what it holds, what is on its way.
///
/// Belongs to the thread of its [DeltaStream].
final class TypeState {
    /// Holds something older than what it refused.
    static final String OLDER = "older";

    /// Refused it and had nothing before.
    static final String NOTHING = "nothing";

    final XdsType type;

    /// Whether the node has spoken of this type on this stream.
    boolean seen;

    /// By name, the version that the node acknowledged, or [#OLDER] or [#NOTHING].
    final Map<String, String> held = new HashMap<>();

    /// Names that may need sending, with the first revision that says so.
    final Map<String, Long> due = new LinkedHashMap<>();

    /// Names that the node asked for by name, which are answered even where nothing changed.
    final Set<String> asked = new HashSet<>();

    /// Parts of a refused response, to be sent one after the other.
    final Deque<List<String>> parts = new ArrayDeque<>();

    final Map<String, Rejected> rejected = new HashMap<>();
    @Nullable InFlight inFlight;

    private final Set<String> names = new HashSet<>();
    private boolean wildcard;

    TypeState(XdsType type) {
        this.type = type;
    }

    boolean wants(String name) {
        return wildcard || names.contains(name);
    }

    boolean isWildcard() {
        return wildcard;
    }

    int subscriptions() {
        return names.size();
    }

    void subscribeToAll() {
        wildcard = true;
    }

    /// Ends the wildcard; what the node asked for by name stays.
    void unsubscribeFromAll() {
        wildcard = false;
        held.keySet().retainAll(names);
        due.keySet().retainAll(names);
    }

    void subscribe(String name, long revision) {
        names.add(name);
        asked.add(name);
        mark(name, revision);
    }

    void unsubscribe(String name) {
        names.remove(name);
        asked.remove(name);
        if (!wildcard) {
            held.remove(name);
            due.remove(name);
            rejected.remove(name);
        }
    }

    /// Notes that a name may need sending because of this revision.
    void mark(String name, long revision) {
        due.merge(name, revision, Math::min);
    }

    /// Whether the node really has some version.
    boolean hasAny(String name) {
        String version = held.get(name);
        return version != null && !version.equals(NOTHING);
    }

    boolean isRejected(String name, String version) {
        Rejected before = rejected.get(name);
        return before != null && before.version().equals(version);
    }

    /// Splits a refused response so that its good resources get through: those that the node's
    /// words name are suspects and go alone, the rest together; without a name, two halves.
    void split(Collection<String> refused, String message) {
        List<String> suspects = refused.stream().filter(message::contains).toList();
        List<List<String>> pieces = new ArrayList<>();
        if (!suspects.isEmpty() && suspects.size() < refused.size()) {
            pieces.add(refused.stream().filter(name -> !suspects.contains(name)).toList());
            suspects.forEach(name -> pieces.add(List.of(name)));
        } else {
            List<String> all = List.copyOf(refused);
            pieces.add(all.subList(0, all.size() / 2));
            pieces.add(all.subList(all.size() / 2, all.size()));
        }
        pieces.reversed().forEach(parts::addFirst);
    }

    /// A response without an answer yet.
    ///
    /// @param revision the newest revision that it takes part in
    /// @param items by name, what was sent; null for a removal
    /// @param since by name, the revision that it was due from
    /// @param removalOnly whether it only takes away what nothing needs any more
    record InFlight(
            String nonce,
            long revision,
            Map<String, @Nullable XdsResource> items,
            Map<String, Long> since,
            boolean removalOnly) {}
}
