package dev.weir.proxy.listener;

import dev.weir.proxy.io.Worker;
import dev.weir.proxy.routing.Route;
import dev.weir.proxy.routing.RouteAction;
import dev.weir.proxy.stats.ServerMetric;
import dev.weir.proxy.stats.ServerStats;
import dev.weir.proxy.upstream.Cluster;
import dev.weir.proxy.upstream.Exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;

/// One request and its response: finds the route, answers or forwards, and counts how it ended.
///
/// A connection has one and uses it again for each request, so that none is allocated. It is told
/// the request's parts by the [RequestReader], the response's by the upstream connection. On the
/// worker's loop.
final class ClientExchange implements Exchange {
    private static final byte[] CONTINUE = LocalReply.ascii("HTTP/1.1 100 Continue\r\n\r\n");

    private final VirtualServer server;
    private final ListenerSpec.Options options;
    private final Worker worker;
    private final int index;
    private final ServerStats stats;
    private final ClientConnection connection;
    private final UpstreamLeg leg;

    private boolean inFlight;
    private boolean requestComplete;
    private boolean keepAlive;
    private boolean malformed;
    private boolean isHead;
    private boolean upgrade;
    private boolean tunnelling;
    private long startedAt;
    private long routeTimeout;
    private int status;

    ClientExchange(VirtualServer server, Worker worker, ClientConnection connection) {
        this.server = server;
        this.options = server.spec().options();
        this.worker = worker;
        this.index = worker.index();
        this.stats = server.stats();
        this.connection = connection;
        this.leg = new UpstreamLeg(worker, this);
    }

    /// True from a complete head until the response is out.
    boolean inFlight() {
        return inFlight;
    }

    // ---- the request, told by the reader

    /// Answers what is no request, and closes.
    void malformedHead(int code) {
        stats.increment(index, ServerMetric.CX_PROTOCOL_ERROR);
        if (code == 431) {
            stats.increment(index, ServerMetric.RQ_TOO_LARGE);
        }
        refuse(code);
    }

    /// Answers a head that did not come in time, and closes.
    void headTimedOut() {
        stats.increment(index, ServerMetric.RQ_HEADER_TIMEOUT);
        refuse(408);
    }

    private void refuse(int code) {
        begin();
        keepAlive = false;
        malformed = true;
        requestComplete = true;
        reply(code, LocalReply.body(code));
    }

    private void begin() {
        inFlight = true;
        requestComplete = false;
        malformed = false;
        status = 0;
        isHead = false;
        upgrade = false;
        tunnelling = false;
        startedAt = worker.now();
        stats.increment(index, ServerMetric.RQ_TOTAL);
        stats.increment(index, ServerMetric.RQ_ACTIVE);
    }

    /// Begins with a complete head, which is valid during this call only.
    void start(RequestHead head) {
        begin();
        keepAlive = head.keepAlive();
        isHead = head.isMethod(RequestHead.Methods.HEAD);
        requestComplete = !head.chunked() && head.contentLength() <= 0;
        Route route =
                server.routes()
                        .find(
                                head.bytes(),
                                head.hostStart,
                                head.hostEnd,
                                head.pathStart,
                                head.pathEnd);
        if (route == null) {
            stats.increment(index, ServerMetric.NO_ROUTE);
            reply(404, AsciiString.EMPTY_STRING);
            return;
        }
        switch (route.action()) {
            case RouteAction.Forward forward -> forward(head, route, forward);
            case RouteAction.Redirect redirect -> {
                stats.increment(index, ServerMetric.RQ_REDIRECT);
                int matched = route.match().matchedLength();
                String location = Redirects.location(head, redirect, matched, connection.secure());
                reply(redirect.status(), location, AsciiString.EMPTY_STRING);
            }
            case RouteAction.DirectResponse direct -> {
                stats.increment(index, ServerMetric.RQ_DIRECT_RESPONSE);
                reply(direct.status(), direct.body());
            }
        }
    }

    private void forward(RequestHead head, Route route, RouteAction.Forward forward) {
        Cluster cluster = forward.split().choose(worker.random()).cluster();
        if (cluster == null) {
            stats.increment(index, ServerMetric.NO_CLUSTER);
            reply(503, AsciiString.EMPTY_STRING);
            return;
        }
        AsciiString unavailable = leg.pick(cluster);
        if (unavailable != null) {
            reply(503, unavailable);
            return;
        }
        ListenerSpec.Features features = options.features();
        routeTimeout = forward.timeoutNanos();
        upgrade =
                features.webSocket()
                        && head.webSocket
                        && head.connectionUpgrade()
                        && requestComplete;
        byte[] out = worker.output();
        int length =
                head.write(
                        out,
                        connection.address(),
                        upgrade,
                        forward.rewritten(),
                        route.match().matchedLength(),
                        features.requestId() ? worker.random() : null);
        ByteBuf bytes = connection.allocator().directBuffer(length).writeBytes(out, 0, length);
        if (head.expectContinue && !requestComplete) {
            connection.write(Unpooled.wrappedBuffer(CONTINUE));
            connection.flush();
        }
        boolean retriable = requestComplete && !upgrade && head.isIdempotent();
        connection.deadline(requestComplete ? routeTimeout : bodyTimeout(), startedAt);
        if (leg.connect(bytes, retriable)) {
            send();
        } else if (!requestComplete) {
            connection.stopReading();
        }
    }

    private long bodyTimeout() {
        return options.requestTimeout() > 0
                ? options.requestTimeout()
                : options.streamIdleTimeout();
    }

    /// Writes the head; it leaves with what follows it in the same read.
    private void send() {
        leg.begin();
        if (requestComplete) {
            leg.complete();
            leg.flush();
        }
    }

    /// True while the head waits for a connection to the endpoint.
    boolean connecting() {
        return leg.connecting();
    }

    /// Whether the body can be forwarded now; it is kept otherwise.
    boolean takesBody() {
        return leg.connected();
    }

    /// Forwards a part of the body; ownership passes.
    void body(ByteBuf bytes) {
        if (options.requestTimeout() == 0) {
            connection.deadline(options.streamIdleTimeout(), worker.now());
        }
        write(bytes);
    }

    /// Forwards bytes of the tunnel; ownership passes.
    void tunnelled(ByteBuf bytes) {
        connection.deadline(options.streamIdleTimeout(), worker.now());
        write(bytes);
    }

    private void write(ByteBuf bytes) {
        if (!leg.write(bytes)) {
            connection.stopReading();
        }
    }

    void bodyComplete() {
        requestComplete = true;
        leg.complete();
        connection.deadline(routeTimeout, worker.now());
    }

    /// The body broke its framing: where the next request begins is unknown.
    void malformedBody() {
        stats.increment(index, ServerMetric.CX_PROTOCOL_ERROR);
        leg.abandon();
        keepAlive = false;
        malformed = true;
        if (status == 0) {
            requestComplete = true;
            reply(400, LocalReply.body(400));
        } else {
            finish(0);
            connection.close();
        }
    }

    /// Sends what the read before has brought.
    void flushRequest() {
        leg.flush();
    }

    // ---- the client's connection

    /// The client has ended its side; false when there is nothing left to do for it.
    boolean inputEnded() {
        return tunnelling ? inFlight && leg.shutdownOutput() : inFlight && requestComplete;
    }

    /// The client takes more of the response again; false when there is none.
    boolean outputWritable() {
        return leg.reading(true);
    }

    /// The client is gone.
    void clientGone() {
        if (!inFlight) {
            return;
        }
        if (!tunnelling) {
            stats.increment(index, ServerMetric.RQ_RX_RESET);
            stats.increment(index, ServerMetric.CX_DESTROY_REMOTE_ACTIVE_RQ);
        }
        finish(tunnelling ? status : 0);
        leg.abandon();
    }

    /// The deadline of the request has passed.
    void expired() {
        if (tunnelling) {
            stats.increment(index, ServerMetric.RQ_IDLE_TIMEOUT);
            connection.close();
        } else if (requestComplete) {
            leg.timedOut();
            timeOut(504);
        } else {
            stats.increment(index, ServerMetric.RQ_TIMEOUT);
            timeOut(408);
        }
    }

    private void timeOut(int code) {
        leg.abandon();
        if (status == 0) {
            reply(code, LocalReply.body(code));
        } else {
            stats.increment(index, ServerMetric.RQ_TX_RESET);
            finish(0);
            connection.close();
        }
    }

    // ---- the response, told by the upstream connection

    @Override
    public void connected() {
        send();
        if (!requestComplete) {
            connection.resumeReading();
            leg.flush();
        }
    }

    @Override
    public void connectFailed(boolean timedOut) {
        leg.detach();
        reply(503, timedOut ? LocalReply.CONNECT_TIMEOUT : LocalReply.CONNECT_FAILED);
    }

    @Override
    public boolean isHead() {
        return isHead;
    }

    @Override
    public boolean isUpgrade() {
        return upgrade;
    }

    @Override
    public boolean closesAfterResponse() {
        if (keepAlive && server.draining()) {
            keepAlive = false;
            stats.increment(index, ServerMetric.CX_DRAIN_CLOSE);
        }
        if (!requestComplete || connection.noMoreRequests()) {
            keepAlive = false;
        }
        return !keepAlive;
    }

    @Override
    public void endsByClosing() {
        keepAlive = false;
    }

    @Override
    public void status(int code) {
        status = code;
        leg.responded();
    }

    @Override
    public void data(ByteBuf bytes) {
        connection.write(bytes);
        if (tunnelling) {
            connection.deadline(options.streamIdleTimeout(), worker.now());
        }
        if (!connection.isWritable()) {
            leg.reading(false);
        }
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public void writable() {
        if (!requestComplete || tunnelling) {
            connection.resumeReading();
        }
    }

    @Override
    public void tunnel() {
        tunnelling = true;
        stats.increment(index, ServerMetric.CX_UPGRADES_TOTAL);
        stats.increment(index, ServerMetric.CX_UPGRADES_ACTIVE);
        connection.deadline(options.streamIdleTimeout(), worker.now());
        connection.tunnel();
    }

    @Override
    public void responseComplete() {
        leg.detach();
        if (!requestComplete || tunnelling) {
            // the endpoint answered before it had the whole request, or the tunnel ended
            keepAlive = false;
        }
        end(status);
    }

    @Override
    public void lost(boolean brokenProtocol) {
        if (status != 0) {
            // too late for another answer: the client has to see that the response is cut off
            leg.detach();
            stats.increment(index, ServerMetric.RQ_TX_RESET);
            finish(0);
            connection.close();
        } else if (leg.retry()) {
            return;
        } else if (brokenProtocol) {
            reply(502, LocalReply.PROTOCOL_ERROR);
        } else {
            reply(503, LocalReply.RESET);
        }
    }

    // ---- the end

    private void reply(int code, AsciiString text) {
        reply(code, "", text);
    }

    /// Answers without an endpoint; a body that is still coming is not waited for.
    private void reply(int code, String location, AsciiString text) {
        status = code;
        boolean close = closesAfterResponse();
        connection.write(
                LocalReply.write(connection.allocator(), code, location, text, isHead, close));
        connection.flush();
        end(code);
    }

    private void end(int code) {
        finish(code);
        if (keepAlive) {
            connection.next();
        } else {
            connection.end(!tunnelling && (malformed || !requestComplete));
        }
    }

    /// Counts the end of the request in flight; 0 when it had no status to count.
    private void finish(int code) {
        if (!inFlight) {
            return;
        }
        inFlight = false;
        stats.decrement(index, ServerMetric.RQ_ACTIVE);
        if (tunnelling) {
            stats.decrement(index, ServerMetric.CX_UPGRADES_ACTIVE);
        }
        long nanos = code == 0 ? 0 : worker.now() - startedAt;
        if (code != 0) {
            stats.completed(index, code, nanos);
        }
        leg.finish(code, nanos);
    }
}
