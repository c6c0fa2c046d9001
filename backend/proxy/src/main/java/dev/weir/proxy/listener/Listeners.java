package dev.weir.proxy.listener;

import dev.weir.proxy.io.Workers;
import dev.weir.proxy.routing.RouteTable;
import dev.weir.proxy.stats.ServerStats;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All virtual servers with their sockets; edited on the control thread.
public final class Listeners implements AutoCloseable {
    private final Workers workers;
    private final RequestHeads heads;
    private final Map<String, VirtualServer> servers = new ConcurrentHashMap<>();
    private final Map<String, BoundSocket> sockets = new ConcurrentHashMap<>();
    private final Map<String, RouteTable> routes = new HashMap<>();

    /// By name of the routes and by address, the virtual servers: with thousands of them none is
    /// looked for one by one.
    private final Map<String, Set<String>> byRoutes = new HashMap<>();

    private final Map<InetSocketAddress, Set<String>> byAddress = new HashMap<>();
    private final Map<String, Certificate> certificates = new HashMap<>();

    public Listeners(Workers workers) {
        this.workers = workers;
        this.heads = new RequestHeads(workers);
    }

    /// Changes, adds and removes virtual servers: all of it, or nothing when a socket cannot be
    /// had.
    ///
    /// @return what is wrong, as `name: address: what`; empty when everything was applied
    public List<String> apply(List<ListenerSpec> changed, Collection<String> removed) {
        Set<String> leaving = new HashSet<>(removed);
        changed.forEach(spec -> leaving.remove(spec.name()));
        Set<String> vacating = new HashSet<>(leaving);
        changed.stream().filter(this::moves).map(ListenerSpec::name).forEach(vacating::add);
        List<String> problems = new ArrayList<>();
        Map<String, BoundSocket> planned = new LinkedHashMap<>();
        List<BoundSocket> fresh = new ArrayList<>();
        Map<String, VirtualServer> next = new LinkedHashMap<>();
        for (ListenerSpec spec : changed) {
            VirtualServer server = servers.get(spec.name());
            if (server == null || !server.spec().statPrefix().equals(spec.statPrefix())) {
                server = new VirtualServer(spec, workers.count());
            } else if (moves(spec)) {
                server = server.moved(spec);
            }
            next.put(spec.name(), server);
            BoundSocket own = sockets.get(spec.name());
            if (own != null && !moves(spec)) {
                planned.put(spec.name(), own);
                continue;
            }
            BoundSocket taken = takeOver(spec, vacating, planned);
            if (taken != null) {
                planned.put(spec.name(), taken);
                continue;
            }
            try {
                BoundSocket bound = bind(spec, server);
                fresh.add(bound);
                planned.put(spec.name(), bound);
            } catch (Refused e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            fresh.forEach(BoundSocket::close);
            return problems;
        }
        commit(changed, leaving, next, planned);
        return List.of();
    }

    private boolean moves(ListenerSpec spec) {
        VirtualServer known = servers.get(spec.name());
        return known != null && !known.spec().address().equals(spec.address());
    }

    /// The socket of a virtual server that leaves the address with this same change.
    private @Nullable BoundSocket takeOver(
            ListenerSpec spec, Set<String> vacating, Map<String, BoundSocket> planned) {
        for (String name : byAddress.getOrDefault(spec.address(), Set.of())) {
            BoundSocket socket = sockets.get(name);
            if (vacating.contains(name) && socket != null && !planned.containsValue(socket)) {
                return socket;
            }
        }
        return null;
    }

    private BoundSocket bind(ListenerSpec spec, VirtualServer server) throws Refused {
        InetSocketAddress address = spec.address();
        String where = spec.name() + ": address: " + text(address);
        Set<String> others = byAddress.getOrDefault(address, Set.of());
        if (address.getPort() != 0 && !others.isEmpty()) {
            throw new Refused(
                    where
                            + " is already used by "
                            + others.iterator().next()
                            + "; choose another port");
        }
        try {
            return BoundSocket.bind(workers, heads, server, address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(where + " was not bound: the proxy is closing");
        } catch (Exception e) {
            // sync() throws the checked exception of the bind unchecked
            throw new Refused(where + " cannot be bound: " + e.getMessage());
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private void commit(
            List<ListenerSpec> changed,
            Set<String> leaving,
            Map<String, VirtualServer> next,
            Map<String, BoundSocket> planned) {
        for (ListenerSpec spec : changed) {
            String name = spec.name();
            VirtualServer server = Objects.requireNonNull(next.get(name));
            BoundSocket socket = Objects.requireNonNull(planned.get(name));
            VirtualServer before = servers.put(name, server);
            index(name, before == null ? null : before.spec(), spec);
            BoundSocket beforeSocket = sockets.put(name, socket);
            server.spec(spec);
            refresh(server);
            socket.owner(server);
            if (before != null && before != server) {
                before.drain(workers.all());
            }
            if (beforeSocket != null
                    && beforeSocket != socket
                    && !planned.containsValue(beforeSocket)) {
                beforeSocket.close();
            }
        }
        for (String name : leaving) {
            VirtualServer server = servers.remove(name);
            BoundSocket socket = sockets.remove(name);
            if (socket != null && !planned.containsValue(socket)) {
                socket.close();
            }
            if (server != null) {
                index(name, server.spec(), null);
                server.drain(workers.all());
            }
        }
    }

    private void index(String name, @Nullable ListenerSpec before, @Nullable ListenerSpec after) {
        if (before != null) {
            remove(byRoutes, before.routesName(), name);
            remove(byAddress, before.address(), name);
        }
        if (after != null) {
            byRoutes.computeIfAbsent(after.routesName(), any -> new HashSet<>()).add(name);
            byAddress.computeIfAbsent(after.address(), any -> new HashSet<>()).add(name);
        }
    }

    private static <K> void remove(Map<K, Set<String>> index, K key, String name) {
        index.computeIfPresent(
                key,
                (any, names) -> {
                    names.remove(name);
                    return names.isEmpty() ? null : names;
                });
    }

    /// Replaces the routes of that name.
    public void routes(String name, RouteTable table) {
        routes.put(name, table);
        for (String user : byRoutes.getOrDefault(name, Set.of())) {
            refresh(Objects.requireNonNull(servers.get(user)));
        }
    }

    /// Forgets routes that nothing refers to any more.
    public void forgetRoutes(String name) {
        routes.remove(name);
    }

    /// Replaces a certificate; connections that exist keep theirs.
    public void certificate(Certificate certificate) {
        certificates.put(certificate.name(), certificate);
        servers.values().stream()
                .filter(server -> uses(server, certificate.name()))
                .forEach(this::refresh);
    }

    /// Forgets a certificate that nothing refers to any more.
    public void forgetCertificate(String name) {
        certificates.remove(name);
    }

    private static boolean uses(VirtualServer server, String secret) {
        ListenerSpec.Tls tls = server.spec().tls();
        return tls != null && tls.secrets().contains(secret);
    }

    /// Gives a virtual server what there is for it, and opens its door once all of it is there.
    private void refresh(VirtualServer server) {
        ListenerSpec spec = server.spec();
        RouteTable table = routes.get(spec.routesName());
        if (table != null) {
            server.routes(table);
        }
        boolean secured = spec.tls() == null;
        if (spec.tls() != null) {
            List<Certificate> present =
                    spec.tls().secrets().stream()
                            .map(certificates::get)
                            .filter(Objects::nonNull)
                            .toList();
            if (present.size() == spec.tls().secrets().size()) {
                TlsContexts contexts = new TlsContexts(present, spec.tls().protocols());
                Certificate soonest = contexts.soonest();
                server.tls(contexts);
                server.stats().certificate(soonest.name(), soonest.expiresAtSeconds());
            }
            secured = server.tls() != null;
        } else {
            server.tls(null);
        }
        BoundSocket socket = sockets.get(spec.name());
        if (socket != null && table != null && secured) {
            socket.owner(server);
            socket.accept();
        }
    }

    /// The bound addresses by name of the virtual server.
    public Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new HashMap<>();
        sockets.forEach((name, socket) -> addresses.put(name, socket.localAddress()));
        return Map.copyOf(addresses);
    }

    /// The statistics of the virtual servers that listen.
    public List<ServerStats> stats() {
        return servers.values().stream().map(VirtualServer::stats).toList();
    }

    @Override
    public void close() {
        sockets.values().forEach(BoundSocket::close);
        servers.values().forEach(server -> server.drain(workers.all()));
        sockets.clear();
        servers.clear();
    }

    /// A socket that cannot be had.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }
}
