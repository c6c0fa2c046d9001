package dev.weir.bundle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a process has started, to be ended in the opposite order and within a deadline.
///
/// Filled by the thread that starts the process; [#close] may be called from any, once or more.
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> started = new ArrayDeque<>();
    private final Duration patience;

    private record Part(String name, AutoCloseable end) {}

    /// Makes a part.
    interface Starting<T> {
        T start() throws Exception;
    }

    /// @param patience for the end of all parts together
    Parts(Duration patience) {
        this.patience = patience;
    }

    /// Starts a part and remembers to close it.
    ///
    /// @throws StartException in one line, where it does not start
    <T extends AutoCloseable> T start(String name, Starting<T> starting) throws StartException {
        T part = run(name, starting);
        onClose(name, part);
        return part;
    }

    /// Does what has nothing to close.
    <T> T run(String name, Starting<T> starting) throws StartException {
        try {
            LOG.info("{}: starting", name);
            return starting.start();
        } catch (StartException told) {
            throw told;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StartException(name + ": start was interrupted", stop);
        } catch (Exception failed) {
            // told in one line by the command; all of it in the file alone
            LOG.info("{}: did not start", name, failed);
            throw new StartException(name + ": cannot start: " + Failures.shortly(failed), failed);
        }
    }

    synchronized void onClose(String name, AutoCloseable end) {
        started.push(new Part(name, end));
    }

    /// Ends what was started, the last first; gives up what has not ended in time.
    @Override
    public void close() {
        Thread closing = Thread.ofPlatform().daemon().name("weir-close").start(this::closeAll);
        try {
            if (!closing.join(patience)) {
                LOG.warn("some parts did not end within {} ms; they are cut", patience.toMillis());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closeAll() {
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                LOG.info("{}: ending", part.name());
                part.end().close();
            } catch (Exception failed) {
                LOG.warn("{}: did not end well", part.name(), failed);
            }
        }
    }
}
