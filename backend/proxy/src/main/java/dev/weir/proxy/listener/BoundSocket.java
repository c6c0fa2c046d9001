package dev.weir.proxy.listener;

import dev.weir.proxy.io.Worker;
import dev.weir.proxy.io.Workers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// A listening socket. It can change hands: a virtual server that replaces another on the same
/// address takes its socket over, so no connect is refused.
@SuppressWarnings("FutureReturnValueIgnored") // closing a child reports through its pipeline
final class BoundSocket {
    private static final int BACKLOG = 4096;
    private static final long HANDSHAKE_SECONDS = 10;

    private final Workers workers;
    private final RequestHeads heads;
    private final Channel channel;
    private volatile VirtualServer owner;

    private BoundSocket(
            Workers workers, RequestHeads heads, VirtualServer owner, InetSocketAddress address)
            throws InterruptedException {
        this.workers = workers;
        this.heads = heads;
        this.owner = owner;
        this.channel =
                new ServerBootstrap()
                        .group(workers.group())
                        .channelFactory(workers.transport().serverChannels())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        // clients wait in the backlog until routes and certificates are there
                        .option(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel child) {
                                        accepted(child);
                                    }
                                })
                        .bind(address)
                        .sync()
                        .channel();
    }

    /// Binds; throws what the operating system says.
    static BoundSocket bind(
            Workers workers, RequestHeads heads, VirtualServer owner, InetSocketAddress address)
            throws InterruptedException {
        return new BoundSocket(workers, heads, owner, address);
    }

    private void accepted(Channel child) {
        VirtualServer server = owner;
        Worker worker = workers.of(child.eventLoop());
        TlsContexts tls = server.tls();
        int buffer = server.spec().options().bufferBytes();
        child.config().setWriteBufferWaterMark(new WriteBufferWaterMark(buffer / 2, buffer));
        ChannelPipeline pipeline = child.pipeline();
        if (server.spec().tls() != null) {
            if (tls == null) {
                child.close();
                return;
            }
            SslContext single = tls.single();
            if (single != null) {
                pipeline.addLast(single.newHandler(child.alloc()));
            } else {
                pipeline.addLast(
                        new SniHandler(
                                tls::choose, 0, TimeUnit.SECONDS.toMillis(HANDSHAKE_SECONDS)));
            }
        }
        pipeline.addLast(
                new ClientConnection(
                        server, worker, heads.of(worker), server.spec().tls() != null));
    }

    /// The address bound, with the port the system chose.
    InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    VirtualServer owner() {
        return owner;
    }

    void owner(VirtualServer next) {
        owner = next;
    }

    /// Takes connections from now on.
    void accept() {
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
    }

    void close() {
        channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
