package dev.weir.admin.store;

import dev.weir.model.Subscription;

import org.jdbi.v3.core.Handle;

/// Word between processes that share a database.
public interface ForeignAppends extends AutoCloseable {
    /// For a database of one process: there is nobody to tell and nothing to hear.
    ForeignAppends NONE =
            new ForeignAppends() {
                @Override
                public void announce(Handle handle, long number) {}

                @Override
                public Subscription subscribe(Runnable listener) {
                    return () -> {};
                }

                @Override
                public void close() {}
            };

    /// Tells the others, when the handle's transaction commits, that a revision was appended.
    void announce(Handle handle, long number);

    /// Calls the listener when another process appended, and once after each reconnection.
    Subscription subscribe(Runnable listener);

    /// Stops listening.
    @Override
    void close();
}
