package dev.weir.admin.store;

import dev.weir.model.Subscription;

import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Word between admins by LISTEN and NOTIFY, which PostgreSQL delivers when the transaction that
/// told it commits.
///
/// One virtual thread listens on a connection of its own and calls the listeners; it connects again
/// when the connection breaks, and then calls them once, because it may have missed word.
public final class PostgresAppends implements ForeignAppends {
    private static final System.Logger LOG = System.getLogger(PostgresAppends.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int WAIT_MILLIS = 500;

    private final PostgresAddress address;
    private final String origin;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch listening = new CountDownLatch(1);
    private volatile boolean closed;

    private PostgresAppends(PostgresAddress address, String origin) {
        this.address = address;
        this.origin = origin;
    }

    /// Begins to listen and returns when nothing can be missed any more.
    ///
    /// @param origin tells this process from others
    public static PostgresAppends listen(PostgresAddress address, String origin) {
        PostgresAppends appends = new PostgresAppends(address, origin);
        Thread.ofVirtual().name("weir-foreign-appends").start(appends::run);
        try {
            appends.listening.await();
        } catch (InterruptedException interrupted) {
            appends.close();
            Thread.currentThread().interrupt();
        }
        return appends;
    }

    @Override
    public void announce(Handle handle, long number) {
        handle.createQuery("SELECT CAST(pg_notify('weir_revision', ?) AS TEXT)")
                .bind(0, origin + " " + number)
                .mapTo(String.class)
                .one();
    }

    @Override
    public Subscription subscribe(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void run() {
        while (!closed) {
            try (Connection connection = address.source().getConnection()) {
                listen(connection);
            } catch (SQLException broken) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "database: word of other admins is interrupted ({0}); trying again",
                        broken.getMessage());
            }
            pause();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN weir_revision");
        }
        listening.countDown();
        call();
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
            for (PGNotification word : postgres.getNotifications(WAIT_MILLIS)) {
                if (!word.getParameter().startsWith(origin + " ")) {
                    call();
                }
            }
        }
    }

    private void call() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException failed) {
                LOG.log(System.Logger.Level.WARNING, "database: cannot be read again", failed);
            }
        }
    }

    private void pause() {
        try {
            if (!closed) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException ended) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        listeners.clear();
    }
}
