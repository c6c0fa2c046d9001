package dev.weir.xds;

import dev.weir.xds.SendRules.Verdict;
import dev.weir.xds.TypeState.InFlight;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// The server's side of one delta ADS stream (Envoy's xDS protocol, incremental, aggregated),
/// without any I/O: requests and changes go in, decisions come out.
///
/// One response of each type is under way at a time; whatever changes meanwhile is merged into the
/// next. Mutable; confined to one thread, the same that changes the translation.
public final class DeltaStream {
    /// Bounds what a node can make the controller remember.
    private static final int MAX_SUBSCRIPTIONS = 200_000;

    /// How long a node may take to ask for what it needs next, before others stop waiting for it.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How soon a new stream is taken to have asked for all it wants.
    private static final Duration SETTLE = Duration.ofSeconds(2);

    /// A port that was in use may have become free.
    private static final Duration RETRY = Duration.ofSeconds(15);

    private static final String ALL = "*";

    private static final List<XdsType> REMOVAL_ORDER =
            List.of(XdsType.ROUTE, XdsType.CLUSTER, XdsType.ENDPOINT, XdsType.SECRET);

    private final LongSupplier nanoTime;
    private final StreamState state = new StreamState();
    private final Progress progress = new Progress();
    private List<Rejected> heldBack = List.of();
    private long nonces;

    public DeltaStream(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Serves from this translation from now on. The caller keeps it up to date and calls
    /// [#changed(Collection)] after each update.
    public void attach(Translation translation) {
        state.translation = translation;
        progress.published(translation.revision());
        for (TypeState type : state.all()) {
            if (type.isWildcard()) {
                markAll(type);
            }
        }
    }

    /// The translation has changed in these resources.
    public void changed(Collection<XdsKey> keys) {
        Translation translation = state.translation;
        if (translation == null) {
            return;
        }
        progress.published(translation.revision());
        for (XdsKey key : keys) {
            TypeState type = state.of(key.type());
            if (translation.find(key).isEmpty()) {
                type.rejected.remove(key.name());
                state.awaited.remove(key);
            }
            if (type.wants(key.name())) {
                type.mark(key.name(), translation.revision());
            }
        }
    }

    /// Takes in one request.
    ///
    /// @throws InvalidRequestException where the protocol has no meaning for it
    public Receipt receive(DeltaDiscoveryRequest request) {
        TypeState type = state.of(type(request));
        Receipt receipt = answer(type, request);
        if (!type.seen) {
            begin(type, request);
        }
        for (String name : request.getResourceNamesUnsubscribeList()) {
            if (name.equals(ALL)) {
                type.unsubscribeFromAll();
            } else {
                type.unsubscribe(name);
                state.awaited.remove(new XdsKey(type.type, name));
            }
        }
        for (String name : request.getResourceNamesSubscribeList()) {
            if (name.equals(ALL)) {
                type.subscribeToAll();
                markAll(type);
            } else {
                type.subscribe(name, since());
            }
        }
        if (type.subscriptions() > MAX_SUBSCRIPTIONS) {
            throw new InvalidRequestException(
                    "%s: too many subscriptions (more than %d); subscribe to fewer resources"
                            .formatted(type.type.url(), MAX_SUBSCRIPTIONS));
        }
        return receipt;
    }

    /// What to do next. After a [Decision.Send] the response counts as sent.
    public Decision next() {
        long now = nanoTime.getAsLong();
        if (state.translation == null) {
            return new Decision.Wait(Long.MAX_VALUE);
        }
        expire(now);
        SendRules rules = new SendRules(state, now);
        for (TypeState type : state.all()) {
            Optional<Decision> send = type.inFlight == null ? add(type, rules) : Optional.empty();
            if (send.isPresent()) {
                return send.get();
            }
        }
        if (rules.isQuiet()) {
            for (XdsType removed : REMOVAL_ORDER) {
                TypeState type = state.of(removed);
                Optional<Decision> send =
                        type.inFlight == null ? remove(type, rules) : Optional.empty();
                if (send.isPresent()) {
                    return send.get();
                }
            }
        }
        if (state.isSettled(now)) {
            advance(rules);
        }
        return new Decision.Wait(deadline(now));
    }

    /// The highest revision up to which the node has acknowledged everything that it did not
    /// refuse, as of the last [#next()]. 0 until the node has said on this stream what it holds and
    /// was given what it lacks: it may have lost everything since the stream before.
    public long applied() {
        return progress.applied();
    }

    /// What the node refuses now, and what cannot be offered because of that.
    public List<Rejected> rejected() {
        List<Rejected> all = new ArrayList<>(heldBack);
        state.all().forEach(type -> all.addAll(type.rejected.values()));
        return all;
    }

    private static XdsType type(DeltaDiscoveryRequest request) {
        return XdsType.ofUrl(request.getTypeUrl())
                .orElseThrow(() ->
                        new InvalidRequestException(
                                "type_url: Weir does not serve this type ('%s')"
                                        .formatted(request.getTypeUrl())));
    }

    private void begin(TypeState type, DeltaDiscoveryRequest request) {
        if (state.settleBy == Long.MAX_VALUE) {
            state.settleBy = nanoTime.getAsLong() + SETTLE.toNanos();
        }
        type.seen = true;
        List<String> names = request.getResourceNamesSubscribeList();
        if (names.contains(ALL) || (names.isEmpty() && type.type.isRoot())) {
            type.subscribeToAll();
            type.held.putAll(request.getInitialResourceVersionsMap());
            markAll(type);
        } else {
            request.getInitialResourceVersionsMap()
                    .forEach((name, version) -> {
                        if (names.contains(name)) {
                            type.held.put(name, version);
                        }
                    });
        }
    }

    private void markAll(TypeState type) {
        if (state.translation == null) {
            return;
        }
        long since = since();
        state.translation.all(type.type).keySet().forEach(name -> type.mark(name, since));
        type.held.keySet().forEach(name -> type.mark(name, since));
    }

    /// Until the node has all it asked for first, nothing counts as applied.
    private long since() {
        return state.translation == null || progress.applied() == 0
                ? 0
                : state.translation.revision();
    }

    private Receipt answer(TypeState type, DeltaDiscoveryRequest request) {
        InFlight sent = type.inFlight;
        if (request.getResponseNonce().isEmpty()) {
            return new Receipt.Subscribed(type.type);
        }
        if (sent == null || !sent.nonce().equals(request.getResponseNonce())) {
            return new Receipt.Stale(type.type, request.getResponseNonce());
        }
        type.inFlight = null;
        long revision = sent.revision();
        if (!request.hasErrorDetail()) {
            sent.items().forEach((name, resource) -> acknowledge(type, name, resource, sent));
            retryDuplicateAddresses(type, sent);
            return new Receipt.Acknowledged(type.type, revision);
        }
        String message = request.getErrorDetail().getMessage();
        refuse(type, sent, message);
        return new Receipt.Refused(type.type, revision, Set.copyOf(sent.items().keySet()), message);
    }

    private void acknowledge(
            TypeState type, String name, @Nullable XdsResource resource, InFlight sent) {
        XdsKey key = new XdsKey(type.type, name);
        state.awaited.remove(key);
        type.rejected.remove(name);
        if (resource == null || !type.wants(name)) {
            type.held.remove(name);
            state.inUse.remove(key);
            // what it would have brought along has no reason to come any more
            state.awaited.keySet().removeIf(one -> type.type.isRoot() && one.name().equals(name));
            return;
        }
        type.held.put(name, resource.version());
        if (type.type == XdsType.LISTENER || type.type == XdsType.ROUTE) {
            List<XdsKey> uses = new ArrayList<>(resource.needs());
            uses.addAll(resource.follows());
            state.inUse.put(key, uses);
        }
        long deadline = nanoTime.getAsLong() + PATIENCE.toNanos();
        for (XdsKey follower : resource.follows()) {
            TypeState followers = state.of(follower.type());
            if (!followers.held.containsKey(follower.name()) && state.desired(follower) != null) {
                long since = sent.since().getOrDefault(name, 0L);
                state.awaited.putIfAbsent(follower, new StreamState.Awaited(since, deadline));
            }
        }
    }

    private void refuse(TypeState type, InFlight sent, String message) {
        if (sent.items().size() > 1) {
            sent.since().forEach(type::mark);
            type.split(sent.items().keySet(), message);
            return;
        }
        sent.items()
                .forEach((name, resource) -> {
                    state.awaited.remove(new XdsKey(type.type, name));
                    if (resource == null) {
                        // a node that refuses to let go is not asked for ever
                        type.held.remove(name);
                        return;
                    }
                    boolean had = type.hasAny(name);
                    type.held.put(name, had ? TypeState.OLDER : TypeState.NOTHING);
                    type.rejected.put(
                            name,
                            new Rejected(
                                    resource.key(),
                                    resource.source(),
                                    resource.revision(),
                                    resource.version(),
                                    message,
                                    Rejected.isPassing(message)
                                            ? nanoTime.getAsLong() + RETRY.toNanos()
                                            : Rejected.NEVER));
                });
    }

    /// Another listener may just have given up the address that a refused one wants.
    private void retryDuplicateAddresses(TypeState type, InFlight sent) {
        if (type.type != XdsType.LISTENER) {
            return;
        }
        for (Rejected one : List.copyOf(type.rejected.values())) {
            if (one.message().contains("duplicate address")
                    && !sent.items().containsKey(one.key().name())) {
                retry(type, one);
            }
        }
    }

    private static void retry(TypeState type, Rejected one) {
        String name = one.key().name();
        type.rejected.put(
                name,
                new Rejected(
                        one.key(),
                        one.source(),
                        one.revision(),
                        one.version(),
                        one.message(),
                        Rejected.NEVER));
        type.asked.add(name);
        type.mark(name, one.revision());
    }

    private void expire(long now) {
        state.awaited
                .entrySet()
                .removeIf(one -> {
                    XdsKey key = one.getKey();
                    boolean asked = state.of(key.type()).wants(key.name());
                    return !asked && now >= one.getValue().deadline();
                });
        for (TypeState type : state.all()) {
            for (Rejected one : List.copyOf(type.rejected.values())) {
                if (one.retryAt() != Rejected.NEVER && now >= one.retryAt()) {
                    retry(type, one);
                }
            }
        }
    }

    private Optional<Decision> add(TypeState type, SendRules rules) {
        while (!type.parts.isEmpty()) {
            ResponseDraft draft = new ResponseDraft(state, type, false);
            for (String name : type.parts.removeFirst()) {
                if (type.due.containsKey(name)) {
                    draft.consider(name, rules.verdict(type, name));
                }
            }
            if (!draft.isEmpty()) {
                return Optional.of(draft.send(Long.toString(++nonces)));
            }
        }
        ResponseDraft draft = new ResponseDraft(state, type, false);
        for (String name : List.copyOf(type.due.keySet())) {
            if (draft.isFull()) {
                break;
            }
            draft.consider(name, rules.verdict(type, name));
        }
        return draft.isEmpty()
                ? Optional.empty()
                : Optional.of(draft.send(Long.toString(++nonces)));
    }

    private Optional<Decision> remove(TypeState type, SendRules rules) {
        ResponseDraft draft = new ResponseDraft(state, type, true);
        for (String name : List.copyOf(type.due.keySet())) {
            if (draft.isFull()) {
                break;
            }
            if (rules.verdict(type, name) == Verdict.REMOVE_WHEN_QUIET
                    && !rules.isClungTo(new XdsKey(type.type, name))) {
                draft.consider(name, Verdict.REMOVE);
            }
        }
        return draft.isEmpty()
                ? Optional.empty()
                : Optional.of(draft.send(Long.toString(++nonces)));
    }

    private void advance(SendRules rules) {
        if (!state.of(XdsType.CLUSTER).seen || !state.of(XdsType.LISTENER).seen) {
            return;
        }
        long outstanding = Long.MAX_VALUE;
        List<Rejected> waiting = new ArrayList<>();
        for (StreamState.Awaited one : state.awaited.values()) {
            outstanding = Math.min(outstanding, one.since());
        }
        for (TypeState type : state.all()) {
            if (type.inFlight != null) {
                for (long since : type.inFlight.since().values()) {
                    outstanding = Math.min(outstanding, since);
                }
            }
            for (Map.Entry<String, Long> due : type.due.entrySet()) {
                Verdict verdict = rules.verdict(type, due.getKey());
                if (verdict == Verdict.BLOCKED) {
                    heldBack(new XdsKey(type.type, due.getKey())).ifPresent(waiting::add);
                }
                boolean stuck =
                        verdict == Verdict.BLOCKED
                                || (verdict == Verdict.REMOVE_WHEN_QUIET
                                        && rules.isClungTo(new XdsKey(type.type, due.getKey())));
                if (!stuck) {
                    outstanding = Math.min(outstanding, due.getValue());
                }
            }
        }
        heldBack = List.copyOf(waiting);
        progress.advance(outstanding);
    }

    /// Says of a resource that it waits for a cluster which the node refuses.
    private Optional<Rejected> heldBack(XdsKey key) {
        XdsResource resource = state.desired(key);
        if (resource == null) {
            return Optional.empty();
        }
        return resource.needs().stream()
                .flatMap(need ->
                        Optional.ofNullable(state.of(need.type()).rejected.get(need.name()))
                                .stream())
                .findFirst()
                .map(cause ->
                        new Rejected(
                                key,
                                resource.source(),
                                resource.revision(),
                                resource.version(),
                                "waits for %s, which this node refuses: %s"
                                        .formatted(cause.source(), cause.message()),
                                Rejected.NEVER));
    }

    private long deadline(long now) {
        long deadline = Long.MAX_VALUE;
        for (Map.Entry<XdsKey, StreamState.Awaited> one : state.awaited.entrySet()) {
            if (!state.of(one.getKey().type()).wants(one.getKey().name())) {
                deadline = Math.min(deadline, one.getValue().deadline());
            }
        }
        for (TypeState type : state.all()) {
            for (Rejected one : type.rejected.values()) {
                deadline = Math.min(deadline, one.retryAt());
            }
        }
        return state.isSettled(now) ? deadline : Math.min(deadline, state.settleBy);
    }
}
