package dev.weir.console.task;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// The one way for a view model to work away from the user interface and to come back to it.
///
/// Call from any thread. What comes back runs on the user interface's thread.
public interface Background {

    /// Runs `work` elsewhere, then either `then` or `failed` on the user interface's thread;
    /// neither once the job is cancelled.
    <T extends @Nullable Object> Job run(
            Callable<T> work, Consumer<? super T> then, Consumer<? super Exception> failed);

    /// Runs `act` on the user interface's thread after a delay.
    Job after(Duration delay, Runnable act);

    /// Runs `act` on the user interface's thread once in each period, the first time after one.
    Job every(Duration period, Runnable act);

    /// Runs `act` on the user interface's thread, soon.
    void onUi(Runnable act);

    /// Something under way that can be given up.
    interface Job {
        /// A job that is over.
        Job NONE = () -> {};

        /// Gives the job up; harmless when it is over.
        void cancel();
    }
}
