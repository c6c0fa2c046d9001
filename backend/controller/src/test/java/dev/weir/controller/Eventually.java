package dev.weir.controller;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for what must come true, up to a deadline.
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Eventually() {}

    /// Repeats the assertion until it holds; fails as it fails at the deadline.
    static void holds(Runnable assertion) {
        within(PATIENCE, assertion);
    }

    static void within(Duration patience, Runnable assertion) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }
    }
}
