package dev.weir.proxy.io;

import io.netty.util.concurrent.EventExecutor;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// One timer for a connection that moves its deadline with every message.
///
/// Moving it is one store: a task already scheduled earlier is left alone and looks again when it
/// runs. Owned by its loop.
public final class Deadline implements Runnable {
    private final EventExecutor loop;
    private final LongSupplier nanoTime;
    private final Runnable expired;
    private boolean armed;
    private long at;
    private @Nullable Future<?> task;
    private long taskAt;

    public Deadline(EventExecutor loop, LongSupplier nanoTime, Runnable expired) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.expired = expired;
    }

    /// Moves the deadline to `nanos` after `now`; zero or less means no deadline.
    public void set(long nanos, long now) {
        if (nanos <= 0) {
            armed = false;
            return;
        }
        armed = true;
        at = now + nanos;
        if (task == null) {
            schedule(nanos);
        } else if (at - taskAt < 0) {
            task.cancel(false);
            schedule(nanos);
        }
    }

    /// Forgets the deadline and its task.
    public void cancel() {
        armed = false;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void schedule(long nanos) {
        taskAt = at;
        task = loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        task = null;
        if (!armed) {
            return;
        }
        long left = at - nanoTime.getAsLong();
        if (left > 0) {
            schedule(left);
        } else {
            armed = false;
            expired.run();
        }
    }
}
