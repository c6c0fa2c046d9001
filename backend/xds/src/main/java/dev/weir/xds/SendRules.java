package dev.weir.xds;

import java.util.Collection;
import java.util.List;

/// What may be sent now: make before break, resource by resource.
///
/// A route configuration goes out once the node has acknowledged every cluster that it names and
/// that cluster's endpoints, a listener once it has acknowledged the clusters: the node keeps a new
/// one closed until it has its routes. What nothing needs any more is taken away when all else has
/// been acknowledged. Listeners are the roots, so they go at once and in the same response as new
/// ones, which may want their port.
final class SendRules {
    private final StreamState state;
    private final long now;

    SendRules(StreamState state, long now) {
        this.state = state;
        this.now = now;
    }

    /// What is to be done about one name.
    enum Verdict {
        /// The node has it already, or does not want it, or refuses it.
        NOTHING,
        SEND,
        /// The node asked for what is not there.
        ANSWER_MISSING,
        /// What it needs is on its way.
        WAIT,
        /// What it needs was refused.
        BLOCKED,
        REMOVE,
        REMOVE_WHEN_QUIET
    }

    Verdict verdict(TypeState type, String name) {
        if (!type.wants(name)) {
            return Verdict.NOTHING;
        }
        XdsResource desired = state.desired(new XdsKey(type.type, name));
        if (desired == null) {
            return verdictOnMissing(type, name);
        }
        if (!type.asked.contains(name)
                && (desired.version().equals(type.held.get(name))
                        || type.isRejected(name, desired.version()))) {
            return Verdict.NOTHING;
        }
        Verdict verdict = Verdict.SEND;
        for (XdsKey cluster : desired.needs()) {
            verdict = worse(verdict, verdictOnNeeded(cluster, type.type == XdsType.ROUTE));
        }
        return verdict;
    }

    /// Whether all that is to be added has been acknowledged, as far as the node accepts it.
    boolean isQuiet() {
        if (!state.isSettled(now) || !state.awaited.isEmpty()) {
            return false;
        }
        for (TypeState type : state.all()) {
            if (type.inFlight != null && !type.inFlight.removalOnly()) {
                return false;
            }
            if (!type.parts.isEmpty() || hasAdditions(type)) {
                return false;
            }
        }
        return true;
    }

    /// Whether something that the node holds on to, because it refused what should replace it,
    /// still speaks of this resource.
    boolean isClungTo(XdsKey key) {
        XdsKey spokenOf =
                key.type() == XdsType.ENDPOINT ? new XdsKey(XdsType.CLUSTER, key.name()) : key;
        return clings(XdsType.LISTENER, spokenOf) || clings(XdsType.ROUTE, spokenOf);
    }

    private boolean clings(XdsType parents, XdsKey key) {
        TypeState type = state.of(parents);
        return clings(type, type.rejected.keySet(), key)
                || clings(
                        type,
                        type.due.keySet().stream()
                                .filter(name -> verdict(type, name) == Verdict.BLOCKED)
                                .toList(),
                        key);
    }

    private boolean clings(TypeState type, Collection<String> names, XdsKey key) {
        for (String name : names) {
            List<XdsKey> uses = state.inUse.get(new XdsKey(type.type, name));
            if (type.hasAny(name) && (uses == null || uses.contains(key))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAdditions(TypeState type) {
        for (String name : type.due.keySet()) {
            switch (verdict(type, name)) {
                case SEND, ANSWER_MISSING, WAIT, REMOVE -> {
                    return true;
                }
                case NOTHING, BLOCKED, REMOVE_WHEN_QUIET -> {}
            }
        }
        return false;
    }

    private Verdict verdictOnMissing(TypeState type, String name) {
        if (type.asked.contains(name)) {
            return Verdict.ANSWER_MISSING;
        }
        if (!type.held.containsKey(name)) {
            return Verdict.NOTHING;
        }
        return type.type == XdsType.LISTENER ? Verdict.REMOVE : Verdict.REMOVE_WHEN_QUIET;
    }

    private Verdict verdictOnNeeded(XdsKey cluster, boolean warm) {
        TypeState clusters = state.of(XdsType.CLUSTER);
        if (!clusters.seen) {
            // a node that does not take clusters from us is not made to wait for them for ever
            return now >= state.settleBy ? Verdict.SEND : Verdict.WAIT;
        }
        if (state.desired(cluster) == null) {
            return Verdict.SEND;
        }
        if (!clusters.hasAny(cluster.name())) {
            return clusters.rejected.containsKey(cluster.name()) ? Verdict.BLOCKED : Verdict.WAIT;
        }
        boolean cold = state.awaited.containsKey(new XdsKey(XdsType.ENDPOINT, cluster.name()));
        return warm && cold ? Verdict.WAIT : Verdict.SEND;
    }

    private static Verdict worse(Verdict left, Verdict right) {
        return left.compareTo(right) >= 0 ? left : right;
    }
}
