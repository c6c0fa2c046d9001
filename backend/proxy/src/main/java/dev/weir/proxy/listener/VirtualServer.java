package dev.weir.proxy.listener;

import dev.weir.proxy.io.Worker;
import dev.weir.proxy.routing.RouteTable;
import dev.weir.proxy.stats.ServerMetric;
import dev.weir.proxy.stats.ServerStats;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One virtual server at run time: what its connections read is volatile and immutable, and changes
/// in one store.
@SuppressWarnings("FutureReturnValueIgnored") // the timer of a drain is never cancelled
final class VirtualServer {
    /// How long clients of a removed virtual server may finish what they started.
    private static final long DRAIN_SECONDS = 30;

    private final ServerStats stats;
    private final List<Set<ClientConnection>> connections = new ArrayList<>();
    private volatile ListenerSpec spec;
    private volatile RouteTable routes = RouteTable.EMPTY;
    private volatile @Nullable TlsContexts tls;
    private volatile boolean draining;

    VirtualServer(ListenerSpec spec, int workers) {
        this(spec, new ServerStats(spec.statPrefix(), workers), workers);
    }

    private VirtualServer(ListenerSpec spec, ServerStats stats, int workers) {
        this.spec = spec;
        this.stats = stats;
        for (int i = 0; i < workers; i++) {
            connections.add(new HashSet<>());
        }
    }

    /// The same at another address, counting on; this one keeps the clients of the old address and
    /// can be drained.
    VirtualServer moved(ListenerSpec changed) {
        return new VirtualServer(changed, stats, connections.size());
    }

    ListenerSpec spec() {
        return spec;
    }

    void spec(ListenerSpec changed) {
        spec = changed;
    }

    ServerStats stats() {
        return stats;
    }

    RouteTable routes() {
        return routes;
    }

    void routes(RouteTable changed) {
        routes = changed;
    }

    @Nullable TlsContexts tls() {
        return tls;
    }

    void tls(@Nullable TlsContexts changed) {
        tls = changed;
    }

    /// True once clients are to be sent away.
    boolean draining() {
        return draining;
    }

    void opened(Worker worker, ClientConnection connection) {
        connections.get(worker.index()).add(connection);
    }

    void closed(Worker worker, ClientConnection connection) {
        connections.get(worker.index()).remove(connection);
    }

    /// Sends clients away with their next response; who has asked for nothing by then, or is still
    /// not done, is cut off after a while.
    ///
    /// An idle connection is not closed at once: its client may be sending a request already.
    void drain(List<Worker> workers) {
        draining = true;
        for (Worker worker : workers) {
            worker.loop()
                    .schedule(
                            () -> each(worker, ClientConnection::drained),
                            DRAIN_SECONDS,
                            TimeUnit.SECONDS);
        }
    }

    private void each(Worker worker, java.util.function.Consumer<ClientConnection> action) {
        List.copyOf(connections.get(worker.index())).forEach(action);
    }

    /// Counts the end of a TLS handshake.
    void handshake(int worker, ChannelPipeline pipeline, SslHandshakeCompletionEvent event) {
        if (!event.isSuccess()) {
            stats.increment(worker, ServerMetric.LISTENER_SSL_CONNECTION_ERROR);
            return;
        }
        stats.increment(worker, ServerMetric.LISTENER_SSL_HANDSHAKE);
        SslHandler handler = pipeline.get(SslHandler.class);
        if (handler != null) {
            String protocol = handler.engine().getSession().getProtocol();
            stats.increment(
                    worker,
                    protocol.equals("TLSv1.3")
                            ? ServerMetric.LISTENER_SSL_TLS13
                            : ServerMetric.LISTENER_SSL_TLS12);
        }
    }
}
