package dev.weir.proxy.upstream;

import dev.weir.proxy.io.Deadline;
import dev.weir.proxy.io.Worker;
import dev.weir.proxy.stats.ClusterMetric;
import dev.weir.proxy.stats.ClusterStats;
import dev.weir.proxy.stats.HostMetric;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.DuplexChannel;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// One connection to an endpoint: connects, takes one request at a time, and waits in the pool in
/// between.
///
/// Lives on the worker of the client connections that use it. What comes back is read by its
/// [ResponseReader].
@SuppressWarnings("FutureReturnValueIgnored") // failures come back through channelInactive
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private enum State {
        CONNECTING,
        IDLE,
        /// From the first byte of a request to the last of its response.
        BUSY,
        CLOSED
    }

    private final Worker worker;
    private final Cluster cluster;
    private final Host host;
    private final ClusterStats stats;
    private final Deadline idle;
    private final ResponseReader reader;
    private State state = State.CONNECTING;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private boolean requestSent;
    private boolean responded;
    private boolean reused;

    private UpstreamConnection(Worker worker, Cluster cluster, Host host, Exchange exchange) {
        this.worker = worker;
        this.cluster = cluster;
        this.host = host;
        this.exchange = exchange;
        this.stats = cluster.stats();
        this.reader = new ResponseReader(worker, this);
        this.idle = new Deadline(worker.loop(), worker.clock(), this::close);
    }

    // ---- connecting and pooling

    /// Gives the exchange an idle connection if there is one, and otherwise starts to connect.
    ///
    /// @param fresh true to leave idle connections alone, after one of them turned out to be stale
    public static UpstreamConnection acquire(
            Worker worker, Cluster cluster, Host host, Exchange exchange, boolean fresh) {
        UpstreamConnection pooled = fresh ? null : host.poll(worker.index());
        if (pooled != null) {
            pooled.exchange = exchange;
            pooled.reused = true;
            return pooled;
        }
        UpstreamConnection connection = new UpstreamConnection(worker, cluster, host, exchange);
        connection.connect();
        return connection;
    }

    private void connect() {
        int index = worker.index();
        stats.increment(index, ClusterMetric.RQ_PENDING_ACTIVE);
        stats.increment(index, ClusterMetric.RQ_PENDING_TOTAL);
        stats.increment(index, ClusterMetric.CX_TOTAL);
        host.stats().increment(index, HostMetric.CX_TOTAL);
        long millis = TimeUnit.NANOSECONDS.toMillis(cluster.spec().timeouts().connect());
        ChannelFuture connecting =
                new Bootstrap()
                        .group(worker.loop())
                        .channelFactory(cluster.workers().transport().channels())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, millis))
                        .handler(this)
                        .connect(host.address());
        channel = connecting.channel();
        connecting.addListener(done -> {
            stats.decrement(index, ClusterMetric.RQ_PENDING_ACTIVE);
            if (done.isSuccess()) {
                connected();
            } else {
                failed(done.cause() instanceof ConnectTimeoutException);
            }
        });
    }

    private void connected() {
        stats.increment(worker.index(), ClusterMetric.CX_ACTIVE);
        host.stats().increment(worker.index(), HostMetric.CX_ACTIVE);
        state = State.IDLE;
        Exchange waiting = exchange;
        if (waiting == null) {
            pool();
        } else {
            waiting.connected();
        }
    }

    private void failed(boolean timedOut) {
        state = State.CLOSED;
        int index = worker.index();
        stats.increment(
                index, timedOut ? ClusterMetric.CX_CONNECT_TIMEOUT : ClusterMetric.CX_CONNECT_FAIL);
        host.stats().increment(index, HostMetric.CX_CONNECT_FAIL);
        Exchange waiting = exchange;
        exchange = null;
        if (waiting != null) {
            waiting.connectFailed(timedOut);
        }
    }

    private void pool() {
        Channel open = channel();
        long limit = idleLimit();
        if (host.removed() || limit < 0) {
            close();
            return;
        }
        if (!open.config().isAutoRead()) {
            open.config().setAutoRead(true);
        }
        idle.set(limit, worker.now());
        host.offer(worker.index(), this);
    }

    /// How long it may wait in the pool, in nanoseconds; 0 for any time, negative for not at all.
    ///
    /// An endpoint that says when it closes is left a second before, since a request that meets the
    /// end of its connection may not be sent again unless it is idempotent (RFC 9110 §9.2.2).
    private long idleLimit() {
        long configured = cluster.spec().timeouts().idle();
        int announced = reader.idleSeconds();
        if (announced < 0) {
            return configured;
        }
        long limit = TimeUnit.SECONDS.toNanos(announced - 1L);
        if (limit <= 0) {
            return -1;
        }
        return configured > 0 ? Math.min(configured, limit) : limit;
    }

    /// True when a request can be given to it out of the pool.
    boolean usable() {
        return state == State.IDLE && channel != null && channel.isActive();
    }

    /// True once a request can be written.
    public boolean isOpen() {
        return state == State.IDLE || state == State.BUSY;
    }

    /// True when it had served another request before: its end may have been under way already.
    public boolean reused() {
        return reused;
    }

    /// True once any byte of the response came.
    public boolean responded() {
        return responded;
    }

    private Channel channel() {
        return Objects.requireNonNull(channel);
    }

    // ---- the request, called by the exchange

    /// Writes the head of a request; ownership passes.
    public void begin(ByteBuf requestHead) {
        idle.set(0, 0);
        state = State.BUSY;
        reader.expect();
        requestSent = false;
        responded = false;
        int index = worker.index();
        stats.increment(index, ClusterMetric.RQ_TOTAL);
        stats.increment(index, ClusterMetric.RQ_ACTIVE);
        host.stats().increment(index, HostMetric.RQ_TOTAL);
        host.stats().increment(index, HostMetric.RQ_ACTIVE);
        write(requestHead);
    }

    /// Writes more of the request, or of the tunnel; ownership passes.
    public void write(ByteBuf bytes) {
        Channel open = channel();
        stats.add(worker.index(), ClusterMetric.CX_TX_BYTES_TOTAL, bytes.readableBytes());
        open.write(bytes, open.voidPromise());
    }

    public void flush() {
        channel().flush();
    }

    /// Says that the whole request has been written.
    public void requestSent() {
        requestSent = true;
    }

    public boolean isWritable() {
        return channel().isWritable();
    }

    /// Stops or resumes reading the response, for a client that takes it slowly.
    public void reading(boolean enabled) {
        channel().config().setAutoRead(enabled);
    }

    /// Passes on that the client has ended its side of the tunnel.
    public void shutdownOutput() {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    /// Lets go of the exchange; whatever is unfinished is closed.
    public void abandon() {
        boolean connecting = state == State.CONNECTING;
        if (state == State.BUSY && exchange != null) {
            stats.increment(worker.index(), ClusterMetric.RQ_TX_RESET);
            ended();
        }
        exchange = null;
        if (!connecting) {
            close();
        }
    }

    void close() {
        channel().close();
    }

    // ---- the response, called by the reader

    @Nullable Exchange exchange() {
        return exchange;
    }

    /// The response has been read: back to the pool first, so that the next pipelined request finds
    /// this connection.
    void responseComplete(boolean reusable) {
        Exchange finished = Objects.requireNonNull(exchange);
        exchange = null;
        state = State.IDLE;
        ended();
        if (reusable && requestSent) {
            pool();
        } else {
            close();
        }
        finished.flush();
        finished.responseComplete();
    }

    /// What came is no response.
    void malformed() {
        Exchange current = Objects.requireNonNull(exchange);
        stats.increment(worker.index(), ClusterMetric.CX_PROTOCOL_ERROR);
        exchange = null;
        ended();
        close();
        current.lost(true);
    }

    private void ended() {
        int index = worker.index();
        stats.decrement(index, ClusterMetric.RQ_ACTIVE);
        host.stats().decrement(index, HostMetric.RQ_ACTIVE);
    }

    // ---- the channel

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        responded = true;
        stats.add(worker.index(), ClusterMetric.CX_RX_BYTES_TOTAL, in.readableBytes());
        reader.read(in, context.alloc());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && !reader.inHead()) {
            current.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && context.channel().isWritable()) {
            current.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        idle.cancel();
        State before = state;
        state = State.CLOSED;
        reader.release();
        int index = worker.index();
        if (before != State.CONNECTING) {
            stats.decrement(index, ClusterMetric.CX_ACTIVE);
            stats.increment(index, ClusterMetric.CX_DESTROY);
            host.stats().decrement(index, HostMetric.CX_ACTIVE);
        }
        Exchange current = exchange;
        exchange = null;
        if (before == State.IDLE && current == null) {
            host.forget(index, this);
        }
        if (current == null) {
            return;
        }
        ended();
        if (reader.endsWithConnection()) {
            current.flush();
            current.responseComplete();
        } else {
            stats.increment(index, ClusterMetric.RQ_RX_RESET);
            current.lost(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // a reset or a broken pipe: channelInactive tells the exchange
        context.close();
    }
}
