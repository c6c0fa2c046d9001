package dev.weir.controller;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The one thread that all of the controller's state belongs to; no task may block.
///
/// One thread, because every stream of a cluster reads the same translation: an edit is translated
/// once and handed to each stream without a lock, and what remains per stream is a few maps.
final class ControllerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerThread.class);

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("weir-controller").daemon().factory());

    void execute(Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("controller: a task came after the end", closed);
        }
    }

    ScheduledFuture<?> schedule(Runnable task, long delayNanos) {
        return executor.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.error("controller: a task failed; the others go on", failed);
        }
    }
}
