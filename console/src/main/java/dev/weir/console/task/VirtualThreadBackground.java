package dev.weir.console.task;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Runs each job on a virtual thread of its own.
public final class VirtualThreadBackground implements Background, AutoCloseable {
    private final Executor ui;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("console-timer").factory());

    /// @param ui runs what it is given on the user interface's thread, in order
    public VirtualThreadBackground(Executor ui) {
        this.ui = ui;
    }

    @Override
    public <T extends @Nullable Object> Job run(
            Callable<T> work, Consumer<? super T> then, Consumer<? super Exception> failed) {
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread worker =
                Thread.ofVirtual()
                        .name("console-work")
                        .start(() -> {
                            Runnable end = end(work, then, failed);
                            ui.execute(() -> {
                                if (!cancelled.get()) {
                                    end.run();
                                }
                            });
                        });
        return () -> {
            cancelled.set(true);
            worker.interrupt();
        };
    }

    private static <T extends @Nullable Object> Runnable end(
            Callable<T> work, Consumer<? super T> then, Consumer<? super Exception> failed) {
        try {
            T result = work.call();
            return () -> then.accept(result);
        } catch (Exception wrong) {
            return () -> failed.accept(wrong);
        }
    }

    @Override
    public Job after(Duration delay, Runnable act) {
        return cancelling(
                timer.schedule(() -> ui.execute(act), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public Job every(Duration period, Runnable act) {
        return cancelling(
                timer.scheduleAtFixedRate(
                        () -> ui.execute(act),
                        period.toMillis(),
                        period.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    @Override
    public void onUi(Runnable act) {
        ui.execute(act);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static Job cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }
}
