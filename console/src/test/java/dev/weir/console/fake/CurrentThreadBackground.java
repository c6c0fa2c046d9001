package dev.weir.console.fake;

import dev.weir.console.task.Background;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Does everything at once on the calling thread; time passes when [#pass] says so.
public final class CurrentThreadBackground implements Background {
    private final List<Timed> timed = new ArrayList<>();
    private final Deque<Runnable> soon = new ArrayDeque<>();
    private Duration now = Duration.ZERO;
    private boolean running;

    private static final class Timed {
        private Duration due;
        private final @Nullable Duration period;
        private final Runnable act;

        private Timed(Duration due, @Nullable Duration period, Runnable act) {
            this.due = due;
            this.period = period;
            this.act = act;
        }
    }

    @Override
    public <T extends @Nullable Object> Job run(
            Callable<T> work, Consumer<? super T> then, Consumer<? super Exception> failed) {
        Runnable end;
        try {
            T result = work.call();
            end = () -> then.accept(result);
        } catch (Exception wrong) {
            end = () -> failed.accept(wrong);
        }
        onUi(end);
        return Job.NONE;
    }

    @Override
    public Job after(Duration delay, Runnable act) {
        return add(new Timed(now.plus(delay), null, act));
    }

    @Override
    public Job every(Duration period, Runnable act) {
        return add(new Timed(now.plus(period), period, act));
    }

    /// In order, as on a real toolkit: what an act posts runs after the act.
    @Override
    public void onUi(Runnable act) {
        soon.add(act);
        if (running) {
            return;
        }
        running = true;
        try {
            while (!soon.isEmpty()) {
                soon.remove().run();
            }
        } finally {
            running = false;
        }
    }

    /// Lets time pass; what falls due runs in its order.
    public void pass(Duration time) {
        Duration end = now.plus(time);
        while (true) {
            Timed next =
                    timed.stream()
                            .filter(it -> it.due.compareTo(end) <= 0)
                            .min(Comparator.comparing(it -> it.due))
                            .orElse(null);
            if (next == null) {
                break;
            }
            now = next.due;
            if (next.period == null) {
                timed.remove(next);
            } else {
                next.due = next.due.plus(next.period);
            }
            onUi(next.act);
        }
        now = end;
    }

    private Job add(Timed job) {
        timed.add(job);
        return () -> timed.remove(job);
    }
}
