package dev.weir.agent.stats;

import org.assertj.core.api.ThrowingConsumer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Asks again and again until an assertion holds.
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    static <T> void eventually(Supplier<T> value, ThrowingConsumer<T> assertion) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertion.accept(value.get());
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() - deadline > 0) {
                    throw notYet;
                }
                LockSupport.parkNanos(2_000_000);
            }
        }
    }
}
