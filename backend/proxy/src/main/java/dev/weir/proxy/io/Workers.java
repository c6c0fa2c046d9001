package dev.weir.proxy.io;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The event loops of one proxy.
public final class Workers implements AutoCloseable {
    private final Transport transport;
    private final EventLoopGroup group;
    private final List<Worker> workers;

    /// Starts `count` loops on the transport; each gets its own generator split from `random`.
    public Workers(
            Transport transport,
            int count,
            LongSupplier nanoTime,
            RandomGenerator.SplittableGenerator random) {
        this.transport = transport;
        this.group =
                new MultiThreadIoEventLoopGroup(
                        count, new DefaultThreadFactory("weir-proxy", true), transport.ioHandler());
        List<Worker> list = new ArrayList<>();
        for (EventExecutor executor : group) {
            list.add(new Worker(list.size(), (EventLoop) executor, nanoTime, random.split()));
        }
        this.workers = List.copyOf(list);
    }

    public Transport transport() {
        return transport;
    }

    public EventLoopGroup group() {
        return group;
    }

    public int count() {
        return workers.size();
    }

    public List<Worker> all() {
        return workers;
    }

    /// The worker that owns this loop.
    public Worker of(EventLoop loop) {
        for (Worker worker : workers) {
            if (worker.loop().equals(loop)) {
                return worker;
            }
        }
        throw new IllegalArgumentException("event loop " + loop + " is not of this proxy");
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
