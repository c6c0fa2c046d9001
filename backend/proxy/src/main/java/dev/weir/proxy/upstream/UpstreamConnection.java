package dev.weir.proxy.upstream;

import dev.weir.proxy.http.ChunkScanner;
import dev.weir.proxy.http.HeadParser;
import dev.weir.proxy.http.HeadProgress;
import dev.weir.proxy.io.Deadline;
import dev.weir.proxy.io.Worker;
import dev.weir.proxy.stats.ClusterMetric;
import dev.weir.proxy.stats.ClusterStats;
import dev.weir.proxy.stats.HostMetric;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/// One connection to an endpoint: takes one request at a time, reads the response in place and
/// hands its bytes on.
///
/// Lives on the worker of the client connections that use it. This is the hot path: longer than the
/// style allows, for speed.
@SuppressWarnings("FutureReturnValueIgnored") // failures come back through channelInactive
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    /// Body bytes copied behind the head, so that a small response leaves in one buffer.
    private static final int COALESCE = 8 * 1024;

    /// Most heads end within these bytes; the body behind them need not be copied to be parsed.
    private static final int FIRST_LOOK = 4 * 1024;

    private static final ByteBuf END_OF_CHUNKS =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(2).writeByte('\r').writeByte('\n').asReadOnly());

    private enum State {
        CONNECTING,
        IDLE,
        HEAD,
        LENGTH,
        CHUNKS,
        UNTIL_CLOSE,
        TUNNEL,
        CLOSED
    }

    private final Worker worker;
    private final Cluster cluster;
    private final Host host;
    private final ResponseHead head;
    private final ClusterStats stats;
    private final Deadline idle;
    private final ChunkScanner chunks = new ChunkScanner();
    private final HeadProgress progress = new HeadProgress();
    private State state = State.CONNECTING;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private @Nullable ByteBuf partial;
    private boolean headIncomplete;
    private long left;
    private boolean keepAlive;
    private boolean requestSent;
    private boolean responded;
    private boolean reused;

    private UpstreamConnection(Worker worker, Cluster cluster, Host host, Exchange exchange) {
        this.worker = worker;
        this.cluster = cluster;
        this.host = host;
        this.exchange = exchange;
        this.stats = cluster.stats();
        this.head = ResponseHeads.of(worker);
        this.idle = new Deadline(worker.loop(), worker.clock(), this::close);
    }

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
        ChannelFuture connecting =
                new Bootstrap()
                        .group(worker.loop())
                        .channelFactory(cluster.workers().transport().channels())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int)
                                        Math.max(
                                                1,
                                                TimeUnit.NANOSECONDS.toMillis(
                                                        cluster.spec().timeouts().connect())))
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

    /// True once a request can be written.
    public boolean isOpen() {
        return state != State.CONNECTING && state != State.CLOSED;
    }

    boolean usable() {
        return state == State.IDLE && channel != null && channel.isActive();
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
        return java.util.Objects.requireNonNull(channel);
    }

    /// Writes the head of a request; ownership passes.
    public void begin(ByteBuf requestHead) {
        idle.set(0, 0);
        state = State.HEAD;
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
        if (channel instanceof io.netty.channel.socket.DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    /// Lets go of the exchange; whatever is unfinished is closed.
    public void abandon() {
        boolean connecting = state == State.CONNECTING;
        if (state != State.IDLE && !connecting && exchange != null) {
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

    private void ended() {
        int index = worker.index();
        stats.decrement(index, ClusterMetric.RQ_ACTIVE);
        host.stats().decrement(index, HostMetric.RQ_ACTIVE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        responded = true;
        stats.add(worker.index(), ClusterMetric.CX_RX_BYTES_TOTAL, in.readableBytes());
        boolean joined = partial != null;
        if (partial != null) {
            ByteBuf earlier = partial;
            partial = null;
            earlier.writeBytes(in);
            in.release();
            in = earlier;
        }
        try {
            while (in.isReadable()) {
                if (!consume(in)) {
                    break;
                }
            }
            if (headIncomplete) {
                headIncomplete = false;
                partial =
                        joined
                                ? in.retain()
                                : context.alloc()
                                        .buffer(Math.max(256, 2 * in.readableBytes()))
                                        .writeBytes(in);
            }
        } finally {
            in.release();
        }
    }

    /// Consumes what one state takes; false when the rest has to wait or is not wanted.
    private boolean consume(ByteBuf in) {
        Exchange current = exchange;
        if (current == null) {
            // nobody asked for these bytes: the peer is out of step
            close();
            return false;
        }
        return switch (state) {
            case HEAD -> readHead(in, current);
            case LENGTH -> {
                int length = (int) Math.min(left, in.readableBytes());
                left -= length;
                current.data(in.readRetainedSlice(length));
                if (left == 0) {
                    complete(in);
                }
                yield true;
            }
            case CHUNKS -> readChunks(in, current);
            case UNTIL_CLOSE, TUNNEL -> {
                current.data(in.readRetainedSlice(in.readableBytes()));
                yield true;
            }
            case IDLE, CONNECTING, CLOSED -> {
                close();
                yield false;
            }
        };
    }

    private boolean readHead(ByteBuf in, Exchange current) {
        if (!progress.worthParsing(in)) {
            headIncomplete = true;
            return false;
        }
        byte[] source = worker.input();
        int available = Math.min(in.readableBytes(), FIRST_LOOK);
        in.getBytes(in.readerIndex(), source, 0, available);
        int length = head.parse(source, available);
        if (length == HeadParser.INCOMPLETE && available < in.readableBytes()) {
            available = Math.min(in.readableBytes(), Worker.MAX_HEAD);
            in.getBytes(in.readerIndex(), source, 0, available);
            length = head.parse(source, available);
        }
        if (length == HeadParser.INCOMPLETE && available < Worker.MAX_HEAD) {
            progress.incomplete(available);
            headIncomplete = true;
            return false;
        }
        progress.reset();
        if (length <= 0 || (head.status() == 101 && !current.isUpgrade())) {
            malformed(current);
            return false;
        }
        if (head.status() < 200 && head.status() != 101) {
            in.skipBytes(length);
            if (head.status() != 100) {
                informational(current);
            }
            return true;
        }
        in.skipBytes(length);
        respond(in, current);
        return true;
    }

    private void informational(Exchange current) {
        byte[] out = worker.output();
        int written = head.write(out, false);
        current.data(channel().alloc().directBuffer(written).writeBytes(out, 0, written));
        current.flush();
    }

    private void respond(ByteBuf in, Exchange current) {
        int status = head.status();
        boolean bodyless = current.isHead() || status == 204 || status == 304 || status == 101;
        keepAlive = head.keepAlive();
        left = bodyless ? 0 : head.contentLength();
        State body;
        if (status == 101) {
            body = State.TUNNEL;
        } else if (bodyless || left == 0) {
            body = State.IDLE;
        } else if (head.chunked()) {
            body = State.CHUNKS;
            chunks.start();
        } else {
            body = left > 0 ? State.LENGTH : State.UNTIL_CLOSE;
        }
        current.status(status);
        if (body == State.UNTIL_CLOSE) {
            current.endsByClosing();
        }
        byte[] out = worker.output();
        int written = head.write(out, current.closesAfterResponse());
        int length = body == State.LENGTH ? (int) Math.min(left, in.readableBytes()) : 0;
        if (length > COALESCE) {
            length = 0;
        }
        ByteBuf data = channel().alloc().directBuffer(written + length);
        data.writeBytes(out, 0, written);
        if (length > 0) {
            data.writeBytes(in, length);
            left -= length;
        }
        state = body;
        current.data(data);
        if (body == State.TUNNEL) {
            current.flush();
            current.tunnel();
        } else if (body == State.IDLE || (body == State.LENGTH && left == 0)) {
            complete(in);
        }
    }

    private boolean readChunks(ByteBuf in, Exchange current) {
        int from = in.readerIndex();
        int to = chunks.scan(in, from, in.writerIndex());
        if (chunks.malformed()) {
            malformed(current);
            return false;
        }
        if (chunks.forwardTo() > from) {
            current.data(in.retainedSlice(from, chunks.forwardTo() - from));
        }
        if (chunks.appendEnd()) {
            current.data(END_OF_CHUNKS.duplicate());
        }
        in.readerIndex(to);
        if (chunks.done()) {
            complete(in);
        }
        return true;
    }

    /// The response has been read: back to the pool first, so that the next pipelined request finds
    /// this connection.
    private void complete(ByteBuf rest) {
        Exchange finished = java.util.Objects.requireNonNull(exchange);
        exchange = null;
        state = State.IDLE;
        ended();
        if (!keepAlive || !requestSent || rest.isReadable()) {
            rest.skipBytes(rest.readableBytes());
            close();
        } else {
            pool();
        }
        finished.flush();
        finished.responseComplete();
    }

    private void pool() {
        Channel open = channel();
        if (host.removed()) {
            close();
            return;
        }
        if (!open.config().isAutoRead()) {
            open.config().setAutoRead(true);
        }
        idle.set(cluster.spec().timeouts().idle(), worker.now());
        host.offer(worker.index(), this);
    }

    private void malformed(Exchange current) {
        stats.increment(worker.index(), ClusterMetric.CX_PROTOCOL_ERROR);
        exchange = null;
        ended();
        close();
        current.lost(true);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null && state != State.HEAD) {
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
        if (partial != null) {
            partial.release();
            partial = null;
        }
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
        if (before == State.UNTIL_CLOSE || before == State.TUNNEL) {
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
