package dev.weir.proxy.listener;

import dev.weir.proxy.http.ChunkScanner;
import dev.weir.proxy.http.HeadParser;
import dev.weir.proxy.http.HeadProgress;
import dev.weir.proxy.io.Deadline;
import dev.weir.proxy.io.Worker;
import dev.weir.proxy.routing.Route;
import dev.weir.proxy.routing.RouteAction;
import dev.weir.proxy.stats.ClusterMetric;
import dev.weir.proxy.stats.HostMetric;
import dev.weir.proxy.stats.ServerMetric;
import dev.weir.proxy.stats.ServerStats;
import dev.weir.proxy.upstream.Cluster;
import dev.weir.proxy.upstream.Exchange;
import dev.weir.proxy.upstream.Host;
import dev.weir.proxy.upstream.UpstreamConnection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AsciiString;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// One client connection: reads requests in place, sends each to an endpoint and the response back,
/// one after the other.
///
/// Lives on one worker with its upstream connections, so nothing is locked. This is the hot path:
/// one class, fields instead of objects for each request, and longer than the style allows.
@SuppressWarnings("FutureReturnValueIgnored") // failures come back through exceptionCaught and
// channelInactive
final class ClientConnection extends ChannelInboundHandlerAdapter implements Exchange {
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

    /// Most heads end within these bytes; the body behind them need not be copied to be parsed.
    private static final int FIRST_LOOK = 4 * 1024;

    private static final byte[] CONTINUE = LocalReply.ascii("HTTP/1.1 100 Continue\r\n\r\n");

    private enum State {
        /// Between requests, or within a head.
        HEAD,
        BODY_LENGTH,
        BODY_CHUNKS,
        /// The request is complete, its response is not.
        WAITING,
        TUNNEL,
        /// The last response is out; what still comes is dropped until the client closes.
        LINGERING
    }

    private final VirtualServer server;
    private final ListenerSpec.Options options;
    private final Worker worker;
    private final int index;
    private final ServerStats stats;
    private final RequestHead head;
    private final Deadline deadline;
    private final ChunkScanner chunks = new ChunkScanner();
    private final HeadProgress progress = new HeadProgress();
    private final boolean secure;

    private State state = State.HEAD;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ClientAddress address;
    private @Nullable ByteBuf partial;
    private boolean consuming;
    private boolean inputEnded;
    private boolean keepAlive = true;
    private boolean headStarted;
    private boolean lingers;
    private boolean heldBack;

    // the request in flight
    private boolean inFlight;
    private boolean isHead;
    private boolean upgrade;
    private boolean tunnelling;
    private long startedAt;
    private long bodyLeft;
    private long routeTimeout;
    private int status;
    private boolean waitingForUpstream;
    private boolean unflushedRequest;
    private boolean unflushedResponse;
    private @Nullable ByteBuf requestHead;
    private @Nullable ByteBuf retryHead;
    private @Nullable Cluster cluster;
    private @Nullable Host host;
    private @Nullable UpstreamConnection upstream;

    ClientConnection(VirtualServer server, Worker worker, RequestHead head, boolean secure) {
        this.server = server;
        this.options = server.spec().options();
        this.worker = worker;
        this.index = worker.index();
        this.stats = server.stats();
        this.head = head;
        this.secure = secure;
        this.deadline = new Deadline(worker.loop(), worker.clock(), this::expired);
    }

    // ---- life of the connection

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        address = new ClientAddress(active.channel().remoteAddress(), secure);
        stats.increment(index, ServerMetric.LISTENER_CX_TOTAL);
        stats.increment(index, ServerMetric.LISTENER_CX_ACTIVE);
        stats.increment(index, ServerMetric.CX_TOTAL);
        stats.increment(index, ServerMetric.CX_ACTIVE);
        stats.increment(index, ServerMetric.CX_HTTP1_TOTAL);
        stats.increment(index, ServerMetric.CX_HTTP1_ACTIVE);
        if (secure) {
            stats.increment(index, ServerMetric.CX_SSL_TOTAL);
            stats.increment(index, ServerMetric.CX_SSL_ACTIVE);
        }
        server.opened(worker, this);
        idle();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        deadline.cancel();
        server.closed(worker, this);
        stats.decrement(index, ServerMetric.LISTENER_CX_ACTIVE);
        stats.increment(index, ServerMetric.LISTENER_CX_DESTROY);
        stats.decrement(index, ServerMetric.CX_ACTIVE);
        stats.decrement(index, ServerMetric.CX_HTTP1_ACTIVE);
        if (secure) {
            stats.decrement(index, ServerMetric.CX_SSL_ACTIVE);
        }
        if (inFlight) {
            if (!tunnelling) {
                stats.increment(index, ServerMetric.RQ_RX_RESET);
                stats.increment(index, ServerMetric.CX_DESTROY_REMOTE_ACTIVE_RQ);
            }
            UpstreamConnection abandoned = upstream;
            upstream = null;
            finishRequest(tunnelling ? status : 0);
            if (abandoned != null) {
                abandoned.abandon();
            }
        }
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext current, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            server.handshake(index, current.pipeline(), handshake);
            if (!handshake.isSuccess()) {
                current.close();
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (state == State.TUNNEL && upstream != null) {
                upstream.shutdownOutput();
            } else if (!inFlight || state != State.WAITING) {
                // nothing to answer, or a request that will never be complete
                current.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext current, Throwable cause) {
        // resets, broken pipes, malformed TLS records: there is nobody to answer
        current.close();
    }

    /// Stops taking requests: an idle connection is closed, a busy one says so with its response.
    void drain() {
        if (!inFlight && !headStarted) {
            stats.increment(index, ServerMetric.CX_DRAIN_CLOSE);
            context().close();
        }
    }

    /// Closes whatever is under way.
    void closeNow() {
        context().close();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    // ---- time

    private void idle() {
        headStarted = false;
        deadline.set(options.idleTimeout(), worker.now());
    }

    private void expired() {
        switch (state) {
            case HEAD -> {
                if (headStarted) {
                    stats.increment(index, ServerMetric.RQ_HEADER_TIMEOUT);
                    refuse(408);
                } else {
                    stats.increment(index, ServerMetric.CX_IDLE_TIMEOUT);
                    context().close();
                }
            }
            case BODY_LENGTH, BODY_CHUNKS -> {
                stats.increment(index, ServerMetric.RQ_TIMEOUT);
                timeOut(408);
            }
            case WAITING -> {
                if (cluster != null) {
                    cluster.stats().increment(index, ClusterMetric.RQ_TIMEOUT);
                }
                if (host != null) {
                    host.stats().increment(index, HostMetric.RQ_TIMEOUT);
                }
                timeOut(504);
            }
            case TUNNEL -> {
                stats.increment(index, ServerMetric.RQ_IDLE_TIMEOUT);
                context().close();
            }
            case LINGERING -> context().close();
        }
    }

    private void timeOut(int code) {
        UpstreamConnection late = upstream;
        upstream = null;
        if (late != null) {
            late.abandon();
        }
        if (status == 0) {
            keepAlive = keepAlive && state == State.WAITING;
            reply(code, LocalReply.body(code));
        } else {
            stats.increment(index, ServerMetric.RQ_TX_RESET);
            finishRequest(0);
            context().close();
        }
    }

    // ---- the request

    @Override
    public void channelRead(ChannelHandlerContext current, Object message) {
        ByteBuf in = (ByteBuf) message;
        stats.add(index, ServerMetric.CX_RX_BYTES_TOTAL, in.readableBytes());
        if (partial != null) {
            partial.writeBytes(in);
            in.release();
            if (!waitingForUpstream) {
                resume();
            }
            return;
        }
        consume(in, false);
    }

    /// Goes on with what was kept.
    private void resume() {
        if (consuming || partial == null) {
            return;
        }
        ByteBuf kept = partial;
        partial = null;
        consume(kept, true);
    }

    private void consume(ByteBuf in, boolean owned) {
        consuming = true;
        try {
            boolean more = true;
            while (more && in.isReadable()) {
                more =
                        switch (state) {
                            case HEAD -> readHead(in);
                            case BODY_LENGTH -> readLength(in);
                            case BODY_CHUNKS -> readChunks(in);
                            case TUNNEL -> readTunnel(in);
                            case WAITING -> pause();
                            case LINGERING -> {
                                in.skipBytes(in.readableBytes());
                                yield false;
                            }
                        };
            }
            if (unflushedRequest) {
                unflushedRequest = false;
                if (upstream != null) {
                    upstream.flush();
                }
            }
            if (in.isReadable()) {
                keep(in, owned);
            }
        } finally {
            in.release();
            consuming = false;
        }
    }

    private void keep(ByteBuf in, boolean owned) {
        if (!context().channel().isOpen()) {
            return;
        }
        if (owned) {
            in.discardReadBytes();
            partial = in.retain();
        } else {
            partial =
                    context().alloc().buffer(Math.max(256, in.readableBytes() * 2)).writeBytes(in);
        }
    }

    /// A pipelined request waits in the socket while the one before is answered.
    private boolean pause() {
        context().channel().config().setAutoRead(false);
        return false;
    }

    private boolean readHead(ByteBuf in) {
        if (!headStarted) {
            headStarted = true;
            progress.reset();
        }
        if (!progress.worthParsing(in)) {
            return false;
        }
        byte[] source = worker.input();
        int available = Math.min(in.readableBytes(), FIRST_LOOK);
        in.getBytes(in.readerIndex(), source, 0, available);
        head.stripPort(options.features().stripPort());
        int length = head.parse(source, available);
        if (length == HeadParser.INCOMPLETE && available < in.readableBytes()) {
            available = Math.min(in.readableBytes(), Worker.MAX_HEAD + 1);
            in.getBytes(in.readerIndex(), source, 0, available);
            length = head.parse(source, available);
        }
        if (length == HeadParser.INCOMPLETE && available <= Worker.MAX_HEAD) {
            if (progress.first()) {
                deadline.set(options.headTimeout(), worker.now());
            }
            progress.incomplete(available);
            return false;
        }
        if (length <= 0) {
            in.skipBytes(in.readableBytes());
            stats.increment(index, ServerMetric.CX_PROTOCOL_ERROR);
            int code = length == 0 ? 431 : -length;
            if (code == 431) {
                stats.increment(index, ServerMetric.RQ_TOO_LARGE);
            }
            refuse(code);
            return false;
        }
        in.skipBytes(length);
        dispatch();
        return true;
    }

    private void begin() {
        inFlight = true;
        headStarted = false;
        status = 0;
        isHead = false;
        upgrade = false;
        tunnelling = false;
        cluster = null;
        host = null;
        startedAt = worker.now();
        stats.increment(index, ServerMetric.RQ_TOTAL);
        stats.increment(index, ServerMetric.RQ_ACTIVE);
    }

    /// Answers what is no request, and closes.
    private void refuse(int code) {
        begin();
        keepAlive = false;
        lingers = true;
        state = State.WAITING;
        reply(code, LocalReply.body(code));
    }

    private void dispatch() {
        begin();
        keepAlive = head.keepAlive() && !server.draining();
        isHead = head.isMethod(RequestHead.Methods.HEAD);
        boolean body = head.chunked() || head.contentLength() > 0;
        if (head.chunked()) {
            chunks.start();
            state = State.BODY_CHUNKS;
        } else if (body) {
            bodyLeft = head.contentLength();
            state = State.BODY_LENGTH;
        } else {
            state = State.WAITING;
        }
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
            replyToBody(404, AsciiString.EMPTY_STRING);
            return;
        }
        switch (route.action()) {
            case RouteAction.Forward forward -> forward(route, forward, body);
            case RouteAction.Redirect redirect -> {
                stats.increment(index, ServerMetric.RQ_REDIRECT);
                String location =
                        Redirects.location(head, redirect, route.match().matchedLength(), secure);
                replyToBody(redirect.status(), location, AsciiString.EMPTY_STRING);
            }
            case RouteAction.DirectResponse direct -> {
                stats.increment(index, ServerMetric.RQ_DIRECT_RESPONSE);
                replyToBody(direct.status(), direct.body());
            }
        }
    }

    private void replyToBody(int code, AsciiString text) {
        replyToBody(code, "", text);
    }

    /// Answers a request whose body may still be coming: the rest of it is not waited for.
    private void replyToBody(int code, String location, AsciiString text) {
        if (state != State.WAITING) {
            keepAlive = false;
        }
        reply(code, location, text);
    }

    private void forward(Route route, RouteAction.Forward forward, boolean body) {
        Cluster chosen = forward.split().choose(worker.random()).cluster();
        if (chosen == null) {
            stats.increment(index, ServerMetric.NO_CLUSTER);
            replyToBody(503, AsciiString.EMPTY_STRING);
            return;
        }
        cluster = chosen;
        if (chosen.overflows(index)) {
            replyToBody(503, LocalReply.OVERFLOW);
            return;
        }
        Host picked = chosen.pick(worker);
        if (picked == null) {
            chosen.stats().increment(index, ClusterMetric.CX_NONE_HEALTHY);
            replyToBody(503, LocalReply.NO_HEALTHY_UPSTREAM);
            return;
        }
        host = picked;
        if (chosen.overflows(index, picked)) {
            replyToBody(503, LocalReply.OVERFLOW);
            return;
        }
        routeTimeout = forward.timeoutNanos();
        upgrade =
                options.features().webSocket()
                        && head.webSocket
                        && head.connectionUpgrade()
                        && !body;
        byte[] out = worker.output();
        int length =
                head.write(
                        out,
                        Objects.requireNonNull(address),
                        upgrade,
                        forward.rewritten(),
                        route.match().matchedLength(),
                        options.features().requestId() ? worker.random() : null);
        ByteBuf bytes = context().alloc().directBuffer(length).writeBytes(out, 0, length);
        if (head.expectContinue && body) {
            write(Unpooled.wrappedBuffer(CONTINUE));
            context().flush();
        }
        requestHead = bytes;
        boolean retriable = !body && !upgrade && head.isIdempotent();
        deadline.set(body ? streamTimeout() : routeTimeout, startedAt);
        UpstreamConnection connection =
                UpstreamConnection.acquire(worker, chosen, picked, this, false);
        upstream = connection;
        if (connection.isOpen()) {
            if (retriable) {
                retryHead = bytes.retainedDuplicate();
            }
            connected();
        } else {
            waitingForUpstream = true;
            if (body) {
                context().channel().config().setAutoRead(false);
            }
        }
    }

    private long streamTimeout() {
        return options.requestTimeout() > 0
                ? options.requestTimeout()
                : options.streamIdleTimeout();
    }

    @Override
    public void connected() {
        UpstreamConnection connection = Objects.requireNonNull(upstream);
        ByteBuf bytes = Objects.requireNonNull(requestHead);
        requestHead = null;
        boolean waited = waitingForUpstream;
        waitingForUpstream = false;
        connection.begin(bytes);
        if (state == State.WAITING) {
            connection.requestSent();
            connection.flush();
        } else {
            unflushedRequest = true;
            if (waited) {
                if (partial == null) {
                    unflushedRequest = false;
                    connection.flush();
                }
                resumeReading();
            }
        }
    }

    private void resumeReading() {
        Channel channel = context().channel();
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        resume();
    }

    private boolean readLength(ByteBuf in) {
        UpstreamConnection connection = upstream;
        if (waitingForUpstream || connection == null) {
            return false;
        }
        int length = (int) Math.min(bodyLeft, in.readableBytes());
        bodyLeft -= length;
        send(connection, in.readRetainedSlice(length));
        if (bodyLeft == 0) {
            requestComplete(connection);
        }
        return true;
    }

    private boolean readChunks(ByteBuf in) {
        UpstreamConnection connection = upstream;
        if (waitingForUpstream || connection == null) {
            return false;
        }
        int from = in.readerIndex();
        int to = chunks.scan(in, from, in.writerIndex());
        if (chunks.malformed()) {
            in.skipBytes(in.readableBytes());
            stats.increment(index, ServerMetric.CX_PROTOCOL_ERROR);
            upstream = null;
            connection.abandon();
            keepAlive = false;
            lingers = true;
            if (status == 0) {
                state = State.WAITING;
                reply(400, LocalReply.body(400));
            } else {
                finishRequest(0);
                context().close();
            }
            return false;
        }
        if (chunks.forwardTo() > from) {
            send(connection, in.retainedSlice(from, chunks.forwardTo() - from));
        }
        if (chunks.appendEnd()) {
            send(connection, LocalReply.CRLF.duplicate());
        }
        in.readerIndex(to);
        if (chunks.done()) {
            requestComplete(connection);
        }
        return true;
    }

    private boolean readTunnel(ByteBuf in) {
        UpstreamConnection connection = upstream;
        if (connection == null) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        deadline.set(options.streamIdleTimeout(), worker.now());
        send(connection, in.readRetainedSlice(in.readableBytes()));
        return true;
    }

    private void send(UpstreamConnection connection, ByteBuf bytes) {
        if (options.requestTimeout() == 0 && state != State.TUNNEL) {
            deadline.set(options.streamIdleTimeout(), worker.now());
        }
        connection.write(bytes);
        unflushedRequest = true;
        if (!connection.isWritable()) {
            context().channel().config().setAutoRead(false);
        }
    }

    private void requestComplete(UpstreamConnection connection) {
        state = State.WAITING;
        connection.requestSent();
        deadline.set(routeTimeout, worker.now());
    }

    // ---- the response

    @Override
    public void connectFailed(boolean timedOut) {
        upstream = null;
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
        if (server.draining() || state != State.WAITING || (inputEnded && partial == null)) {
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
        releaseRetry();
    }

    @Override
    public void data(ByteBuf bytes) {
        write(bytes);
        if (tunnelling) {
            deadline.set(options.streamIdleTimeout(), worker.now());
        }
        UpstreamConnection connection = upstream;
        if (connection != null && !context().channel().isWritable()) {
            connection.reading(false);
        }
    }

    private void write(ByteBuf bytes) {
        stats.add(index, ServerMetric.CX_TX_BYTES_TOTAL, bytes.readableBytes());
        unflushedResponse = true;
        context().write(bytes, context().voidPromise());
    }

    @Override
    public void flush() {
        if (unflushedResponse) {
            unflushedResponse = false;
            context().flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext current) {
        UpstreamConnection connection = upstream;
        if (!current.channel().isWritable()) {
            return;
        }
        if (connection != null && connection.isOpen()) {
            connection.reading(true);
        } else if (heldBack) {
            heldBack = false;
            resumeReading();
        }
    }

    @Override
    public void writable() {
        if (state == State.BODY_LENGTH || state == State.BODY_CHUNKS || state == State.TUNNEL) {
            resumeReading();
        }
    }

    @Override
    public void tunnel() {
        tunnelling = true;
        state = State.TUNNEL;
        stats.increment(index, ServerMetric.CX_UPGRADES_TOTAL);
        stats.increment(index, ServerMetric.CX_UPGRADES_ACTIVE);
        deadline.set(options.streamIdleTimeout(), worker.now());
        Objects.requireNonNull(upstream).requestSent();
        resumeReading();
    }

    @Override
    public void responseComplete() {
        upstream = null;
        if (state != State.WAITING || tunnelling) {
            // the endpoint answered before it had the whole request, or the tunnel ended
            keepAlive = false;
        }
        endResponse(status);
    }

    @Override
    public void lost(boolean malformed) {
        UpstreamConnection broken = upstream;
        upstream = null;
        if (status != 0) {
            // too late for another answer: the client has to see that the response is cut off
            stats.increment(index, ServerMetric.RQ_TX_RESET);
            finishRequest(0);
            context().close();
            return;
        }
        ByteBuf again = retryHead;
        boolean stale = again != null && broken != null && broken.reused() && !broken.responded();
        if (stale && cluster != null && host != null) {
            retryHead = null;
            requestHead = again;
            cluster.stats().increment(index, ClusterMetric.RQ_RETRY);
            waitingForUpstream = true;
            upstream = UpstreamConnection.acquire(worker, cluster, host, this, true);
            return;
        }
        reply(malformed ? 502 : 503, malformed ? LocalReply.PROTOCOL_ERROR : LocalReply.RESET);
    }

    private void reply(int code, AsciiString text) {
        reply(code, "", text);
    }

    private void reply(int code, String location, AsciiString text) {
        if (server.draining() || state != State.WAITING || (inputEnded && partial == null)) {
            keepAlive = false;
        }
        status = code;
        write(LocalReply.write(context().alloc(), code, location, text, isHead, !keepAlive));
        flush();
        endResponse(code);
    }

    /// The response is out: the next request, or the end of the connection.
    private void endResponse(int code) {
        boolean wasUnfinished = state != State.WAITING;
        finishRequest(code);
        if (keepAlive) {
            state = State.HEAD;
            idle();
            if (context().channel().isWritable()) {
                resumeReading();
            } else {
                // a client that asks without reading the answers is not asked for more
                heldBack = true;
                context().channel().config().setAutoRead(false);
            }
            if (inputEnded && !inFlight && !heldBack) {
                context().close();
            }
            return;
        }
        state = State.LINGERING;
        if (secure || tunnelling || inputEnded || (!wasUnfinished && !lingers)) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            linger();
        }
    }

    /// Closes such that the response is not lost to the reset that unread bytes would cause (RFC
    /// 9112 §9.6).
    private void linger() {
        Channel channel = context().channel();
        deadline.set(LINGER, worker.now());
        context()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(done -> {
                    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
                        duplex.shutdownOutput();
                    }
                });
        resumeReading();
    }

    /// Counts the end of the request in flight; 0 when it had no status to count.
    private void finishRequest(int code) {
        if (!inFlight) {
            return;
        }
        inFlight = false;
        waitingForUpstream = false;
        releaseRetry();
        if (requestHead != null) {
            requestHead.release();
            requestHead = null;
        }
        stats.decrement(index, ServerMetric.RQ_ACTIVE);
        if (tunnelling) {
            stats.decrement(index, ServerMetric.CX_UPGRADES_ACTIVE);
        }
        Host served = host;
        if (served != null) {
            served.end();
            served.stats()
                    .increment(
                            index,
                            code == 0 || code >= 500 ? HostMetric.RQ_ERROR : HostMetric.RQ_SUCCESS);
            host = null;
        }
        if (code != 0) {
            long nanos = worker.now() - startedAt;
            stats.completed(index, code, nanos);
            if (cluster != null) {
                cluster.stats().completed(index, code, nanos);
            }
        }
        cluster = null;
    }

    private void releaseRetry() {
        if (retryHead != null) {
            retryHead.release();
            retryHead = null;
        }
    }
}
