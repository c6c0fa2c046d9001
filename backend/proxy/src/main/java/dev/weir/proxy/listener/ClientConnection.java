package dev.weir.proxy.listener;

import dev.weir.proxy.io.Deadline;
import dev.weir.proxy.io.Worker;
import dev.weir.proxy.stats.ServerMetric;
import dev.weir.proxy.stats.ServerStats;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// One client connection, from accept to close: its socket, its time limits, and what follows a
/// response.
///
/// Its [RequestReader] finds the requests in what comes, its [ClientExchange] answers them one
/// after the other. Lives on one worker with its upstream connections, so nothing is locked.
@SuppressWarnings("FutureReturnValueIgnored") // failures come back through exceptionCaught and
// channelInactive
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

    private final VirtualServer server;
    private final ListenerSpec.Options options;
    private final Worker worker;
    private final int index;
    private final ServerStats stats;
    private final boolean secure;
    private final Deadline deadline;
    private final ClientExchange exchange;
    private final RequestReader reader;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ClientAddress address;
    private boolean inputEnded;
    private boolean unflushed;
    private boolean heldBack;
    private boolean ending;

    ClientConnection(VirtualServer server, Worker worker, RequestHead head, boolean secure) {
        this.server = server;
        this.options = server.spec().options();
        this.worker = worker;
        this.index = worker.index();
        this.stats = server.stats();
        this.secure = secure;
        this.deadline = new Deadline(worker.loop(), worker.clock(), this::expired);
        this.exchange = new ClientExchange(server, worker, this);
        this.reader =
                new RequestReader(worker, this, exchange, head, options.features().stripPort());
    }

    // ---- the channel

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
        deadline(options.idleTimeout(), worker.now());
    }

    @Override
    public void channelRead(ChannelHandlerContext current, Object message) {
        ByteBuf in = (ByteBuf) message;
        stats.add(index, ServerMetric.CX_RX_BYTES_TOTAL, in.readableBytes());
        reader.read(in, current.alloc());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext current) {
        if (current.channel().isWritable() && !exchange.outputWritable() && heldBack) {
            heldBack = false;
            resumeReading();
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
            if (!exchange.inputEnded()) {
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
        exchange.clientGone();
        reader.release();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    // ---- what reader and exchange need of the socket

    ClientAddress address() {
        return Objects.requireNonNull(address);
    }

    boolean secure() {
        return secure;
    }

    ByteBufAllocator allocator() {
        return context().alloc();
    }

    boolean isOpen() {
        return context().channel().isOpen();
    }

    /// False when the client has to take what was written before more is.
    boolean isWritable() {
        return context().channel().isWritable();
    }

    /// Writes behind what was written before; ownership passes.
    void write(ByteBuf bytes) {
        stats.add(index, ServerMetric.CX_TX_BYTES_TOTAL, bytes.readableBytes());
        unflushed = true;
        context().write(bytes, context().voidPromise());
    }

    /// Sends what was written since the last flush.
    void flush() {
        if (unflushed) {
            unflushed = false;
            context().flush();
        }
    }

    /// Leaves what comes in the socket.
    void stopReading() {
        context().channel().config().setAutoRead(false);
    }

    /// Goes on with what was kept, and with the socket.
    void resumeReading() {
        Channel channel = context().channel();
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        reader.resume(channel.alloc());
    }

    /// Closes whatever is under way.
    void close() {
        context().close();
    }

    // ---- time

    /// Moves the deadline of what is under way to `nanos` after `now`; 0 for none.
    void deadline(long nanos, long now) {
        deadline.set(nanos, now);
    }

    /// The first bytes of a head came without its last.
    void awaitHead() {
        deadline(options.headTimeout(), worker.now());
    }

    private void expired() {
        if (ending) {
            close();
        } else if (exchange.inFlight()) {
            exchange.expired();
        } else if (reader.headStarted()) {
            exchange.headTimedOut();
        } else {
            stats.increment(index, ServerMetric.CX_IDLE_TIMEOUT);
            close();
        }
    }

    // ---- between and after requests

    /// True when the client has ended its side and nothing of it is left to be read.
    boolean noMoreRequests() {
        return inputEnded && !reader.holdsBytes();
    }

    /// From now on bytes pass uninterpreted.
    void tunnel() {
        reader.tunnel();
        resumeReading();
    }

    /// The response is out: the next request.
    void next() {
        reader.next();
        deadline(options.idleTimeout(), worker.now());
        if (isWritable()) {
            resumeReading();
        } else {
            // a client that asks without reading the answers is not asked for more
            heldBack = true;
            stopReading();
        }
        if (inputEnded && !exchange.inFlight() && !heldBack) {
            close();
        }
    }

    /// The last response is out: the end.
    ///
    /// @param unread whether the client may be sending still
    void end(boolean unread) {
        ending = true;
        reader.discard();
        if (secure || inputEnded || !unread) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            linger();
        }
    }

    /// Closes such that the response is not lost to the reset that unread bytes would cause (RFC
    /// 9112 §9.6).
    private void linger() {
        Channel channel = context().channel();
        deadline(LINGER, worker.now());
        context()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(done -> {
                    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
                        duplex.shutdownOutput();
                    }
                });
        resumeReading();
    }

    /// The time to finish after the end of the virtual server is over.
    void drained() {
        stats.increment(index, ServerMetric.CX_DRAIN_CLOSE);
        close();
    }
}
