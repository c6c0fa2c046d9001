package dev.weir.agent.operation;

import java.time.Duration;
import java.util.function.IntConsumer;

/// Tells the share of an expected time that has passed, each second until closed.
final class Progress implements AutoCloseable {
    private static final int NOT_YET_DONE = 99;

    private final Thread ticker;

    private Progress(Thread ticker) {
        this.ticker = ticker;
    }

    /// @param seconds expected; nothing is told where 0
    static Progress over(int seconds, IntConsumer progress) {
        return new Progress(
                Thread.ofVirtual().name("progress").start(() -> tell(seconds, progress)));
    }

    private static void tell(int seconds, IntConsumer progress) {
        try {
            for (int second = 1; second <= seconds; second++) {
                Thread.sleep(Duration.ofSeconds(1));
                progress.accept(Math.min(NOT_YET_DONE, second * 100 / seconds));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
    }
}
