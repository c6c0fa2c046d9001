package dev.weir.proxy.routing;

import dev.weir.proxy.http.HttpBytes;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The routes of one virtual server, immutable: looks hosts up by their bytes, tries routes in
/// order.
///
/// An exact host wins over the longest `*.suffix`, that over `*` (Envoy's `VirtualHost.domains`).
public final class RouteTable {
    /// Matches nothing.
    public static final RouteTable EMPTY = new RouteTable(List.of(), true);

    /// The hosts of a virtual host and its routes.
    ///
    /// @param domains exact, `*.suffix` or `*`
    public record VirtualHost(List<String> domains, List<Route> routes) {}

    private final boolean ignorePort;
    private final HostIndex exact;
    private final List<HostIndex> suffixes = new ArrayList<>();
    private final Route @Nullable [] any;

    /// @param ignorePort whether a port in the Host field is left out of the comparison
    public RouteTable(List<VirtualHost> virtualHosts, boolean ignorePort) {
        this.ignorePort = ignorePort;
        Map<String, Route[]> exactHosts = new HashMap<>();
        Map<Integer, Map<String, Route[]>> bySuffixLength = new HashMap<>();
        Route[] fallback = null;
        for (VirtualHost virtualHost : virtualHosts) {
            Route[] routes = virtualHost.routes().toArray(Route[]::new);
            for (String domain : virtualHost.domains()) {
                String lower = domain.toLowerCase(Locale.ROOT);
                if (lower.equals("*")) {
                    fallback = routes;
                } else if (lower.startsWith("*")) {
                    bySuffixLength
                            .computeIfAbsent(lower.length() - 1, length -> new HashMap<>())
                            .put(lower.substring(1), routes);
                } else {
                    exactHosts.put(lower, routes);
                }
            }
        }
        this.any = fallback;
        this.exact = new HostIndex(0, exactHosts);
        bySuffixLength.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .forEach(entry -> suffixes.add(new HostIndex(entry.getKey(), entry.getValue())));
    }

    /// The first route for the host `[hostFrom, hostTo)` and the path `[pathFrom, pathTo)`, or
    /// null.
    public @Nullable Route find(byte[] bytes, int hostFrom, int hostTo, int pathFrom, int pathTo) {
        int hostEnd = ignorePort ? withoutPort(bytes, hostFrom, hostTo) : hostTo;
        Route[] routes = routes(bytes, hostFrom, hostEnd);
        if (routes == null) {
            return null;
        }
        for (Route route : routes) {
            if (route.match().matches(bytes, pathFrom, pathTo)) {
                return route;
            }
        }
        return null;
    }

    private Route @Nullable [] routes(byte[] bytes, int from, int to) {
        Route[] found = exact.find(bytes, from, to);
        for (int i = 0; found == null && i < suffixes.size(); i++) {
            HostIndex index = suffixes.get(i);
            // the star stands for at least one character
            if (to - from > index.length) {
                found = index.find(bytes, to - index.length, to);
            }
        }
        return found == null ? any : found;
    }

    /// End of the host in `[from, to)` when a `:port` is left off.
    public static int withoutPort(byte[] bytes, int from, int to) {
        int i = to;
        while (i > from && bytes[i - 1] >= '0' && bytes[i - 1] <= '9') {
            i--;
        }
        return i > from && i < to && bytes[i - 1] == ':' ? i - 1 : to;
    }

    /// Open addressing over lower-case bytes, so that a lookup allocates nothing.
    private static final class HostIndex {
        final int length;
        private final byte[][] keys;
        private final Route[][] values;
        private final boolean empty;

        HostIndex(int length, Map<String, Route[]> entries) {
            this.length = length;
            this.empty = entries.isEmpty();
            int capacity = Integer.highestOneBit(Math.max(1, entries.size()) * 2) * 2;
            this.keys = new byte[capacity][];
            this.values = new Route[capacity][];
            entries.forEach((host, routes) -> {
                byte[] key = host.getBytes(StandardCharsets.UTF_8);
                int slot = hash(key, 0, key.length) & (capacity - 1);
                while (values[slot] != null) {
                    slot = (slot + 1) & (capacity - 1);
                }
                keys[slot] = key;
                values[slot] = routes;
            });
        }

        Route @Nullable [] find(byte[] bytes, int from, int to) {
            if (empty) {
                return null;
            }
            int mask = keys.length - 1;
            int slot = hash(bytes, from, to) & mask;
            while (values[slot] != null) {
                if (HttpBytes.equalsIgnoreCase(bytes, from, to, keys[slot])) {
                    return values[slot];
                }
                slot = (slot + 1) & mask;
            }
            return null;
        }

        private static int hash(byte[] bytes, int from, int to) {
            int hash = 0x811c9dc5;
            for (int i = from; i < to; i++) {
                hash = (hash ^ HttpBytes.lower(bytes[i])) * 0x01000193;
            }
            return hash ^ hash >>> 15;
        }
    }
}
