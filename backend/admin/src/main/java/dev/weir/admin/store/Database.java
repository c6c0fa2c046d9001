package dev.weir.admin.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

/// The SQL database under the stores, brought to the newest schema when opened. Any thread.
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ReentrantLock writing = new ReentrantLock();

    private Database(DataSource source, String dialect) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("weir-" + dialect);
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/" + dialect)
                    .load()
                    .migrate();
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
        jdbi = Jdbi.create(pool);
    }

    /// A SQLite file. A commit has reached the disk when it returns (WAL, synchronous FULL).
    public static Database sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout((int) Duration.ofSeconds(10).toMillis());
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return new Database(source, "sqlite");
    }

    /// A database of a PostgreSQL server that several admins may share.
    public static Database postgresql(PostgresAddress address) {
        return new Database(address.source(), "postgresql");
    }

    /// Reads outside of any transaction.
    public <T> T read(HandleCallback<T, RuntimeException> work) {
        return jdbi.withHandle(work);
    }

    /// Writes in one transaction, one writer of this process at a time; durable when it returns.
    public <T> T write(HandleCallback<T, RuntimeException> work) {
        writing.lock();
        try {
            return jdbi.inTransaction(work);
        } finally {
            writing.unlock();
        }
    }

    /// Writes as if no other process wrote at the same time; fails where one does.
    public <T> T writeSerially(HandleCallback<T, RuntimeException> work) {
        writing.lock();
        try {
            return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
