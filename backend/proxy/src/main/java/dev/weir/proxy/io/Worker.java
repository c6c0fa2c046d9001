package dev.weir.proxy.io;

import io.netty.channel.EventLoop;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// One event loop with what its connections share: both sides of an exchange live on the same
/// worker, so nothing here is locked.
public final class Worker {
    /// Longest message head (Envoy's `max_request_headers_kb` default).
    public static final int MAX_HEAD = 60 * 1024;

    private final int index;
    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final byte[] input = new byte[MAX_HEAD + 16];
    private final byte[] output = new byte[2 * MAX_HEAD + 4096];

    Worker(int index, EventLoop loop, LongSupplier nanoTime, RandomGenerator random) {
        this.index = index;
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /// Position among the workers, from 0.
    public int index() {
        return index;
    }

    public EventLoop loop() {
        return loop;
    }

    /// Monotonic nanoseconds.
    public long now() {
        return nanoTime.getAsLong();
    }

    public LongSupplier clock() {
        return nanoTime;
    }

    public RandomGenerator random() {
        return random;
    }

    /// Scratch for the head being parsed; valid within one callback.
    public byte[] input() {
        return input;
    }

    /// Scratch for the head being written; valid within one callback.
    public byte[] output() {
        return output;
    }
}
