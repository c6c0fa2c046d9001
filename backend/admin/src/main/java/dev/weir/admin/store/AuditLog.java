package dev.weir.admin.store;

import dev.weir.api.AuditEvent;
import dev.weir.api.Page;
import dev.weir.api.Words;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;

/// Keeps who did what; entries are only ever added. Any thread.
public final class AuditLog {
    private final Database database;

    public AuditLog(Database database) {
        this.database = database;
    }

    /// Adds an entry; its id is given by the database.
    public void add(AuditEvent event) {
        database.write(handle -> insert(handle, event));
    }

    /// Adds an entry to a transaction that is under way; answers 1.
    static int insert(Handle handle, AuditEvent event) {
        return handle.createUpdate(
                        """
                        INSERT INTO audit (time, actor, source, action, object,
                            revision_before, revision_after, request_id, result)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .bind(0, event.time().toString())
                .bind(1, event.actor())
                .bind(2, Words.of(event.source()))
                .bind(3, event.action())
                .bind(4, event.object())
                .bind(5, event.before())
                .bind(6, event.after())
                .bind(7, event.requestId())
                .bind(8, event.result())
                .execute();
    }

    /// The newest first.
    ///
    /// @param below only ids less than this one
    public Page<AuditEvent> newest(long below, int limit) {
        List<AuditEvent> found =
                database.read(handle ->
                        handle.createQuery(
                                        """
                                        SELECT id, time, actor, source, action, object,
                                            revision_before, revision_after, request_id, result
                                        FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?\
                                        """)
                                .bind(0, below)
                                .bind(1, limit + 1)
                                .map((row, context) ->
                                        new AuditEvent(
                                                row.getLong(1),
                                                Instant.parse(row.getString(2)),
                                                row.getString(3),
                                                Words.parse(
                                                                AuditEvent.Source.class,
                                                                row.getString(4))
                                                        .orElseThrow(),
                                                row.getString(5),
                                                row.getString(6),
                                                row.getObject(7) == null ? null : row.getLong(7),
                                                row.getObject(8) == null ? null : row.getLong(8),
                                                row.getString(9),
                                                row.getInt(10)))
                                .list());
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<AuditEvent> part = found.subList(0, limit);
        return new Page<>(part, Long.toString(part.getLast().id()));
    }
}
