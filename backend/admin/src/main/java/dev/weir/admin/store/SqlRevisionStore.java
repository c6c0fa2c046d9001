package dev.weir.admin.store;

import dev.weir.api.AuditEvent;
import dev.weir.api.Page;
import dev.weir.api.ResourceChange;
import dev.weir.api.RevisionSummary;
import dev.weir.model.Change;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.Subscription;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Revisions in SQLite or PostgreSQL; the statements are the same for both.
public final class SqlRevisionStore implements RevisionStore {
    private final Database database;
    private final StoredDocuments documents;
    private final ForeignAppends foreign;

    /// Revisions in this database.
    public SqlRevisionStore(Database database, Vault vault, ForeignAppends foreign) {
        this.database = database;
        this.documents = new StoredDocuments(vault);
        this.foreign = foreign;
    }

    @Override
    public State load() {
        return database.write(handle -> {
            Map<String, Long> revisions = new HashMap<>();
            handle.createQuery(
                            "SELECT cluster_id, MAX(number) AS number FROM revision GROUP BY cluster_id")
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(entry -> revisions.put(entry.getKey(), entry.getValue()));
            Map<String, ConfigurationBuilder> builders = new HashMap<>();
            handle.createQuery("SELECT cluster_id, document FROM resource")
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(row ->
                            builders.computeIfAbsent(row.getKey(), id -> new ConfigurationBuilder())
                                    .add(documents.resource(row.getValue())));
            Map<String, Configuration> clusters = new HashMap<>();
            builders.forEach((id, builder) ->
                    builder.build(revisions.getOrDefault(id, 0L))
                            .ifPresent(built -> clusters.put(built.cluster().name(), built)));
            Map<Kind, Integer> indexes = new EnumMap<>(Kind.class);
            handle.createQuery("SELECT kind, value FROM last_index")
                    .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                    .forEach(row -> indexes.put(kind(row.getKey()), row.getValue()));
            long last = revisions.values().stream().mapToLong(Long::longValue).max().orElse(0);
            return new State(clusters, last, indexes);
        });
    }

    @Override
    public void append(UUID clusterId, Revision revision, AuditEvent witness)
            throws StaleStateException {
        boolean appended =
                database.write(handle -> {
                    if (!insert(handle, clusterId, revision)) {
                        return false;
                    }
                    insertChanges(handle, clusterId, revision);
                    makeCurrent(handle, clusterId, revision);
                    AuditLog.insert(handle, witness);
                    foreign.announce(handle, revision.number());
                    return true;
                });
        if (!appended) {
            throw new StaleStateException(revision.number());
        }
    }

    private static boolean insert(Handle handle, UUID clusterId, Revision revision) {
        return handle.createUpdate(
                                """
                                INSERT INTO revision (number, cluster_id, cluster, parent, time, author, comment)
                                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                                """)
                        .bind(0, revision.number())
                        .bind(1, clusterId.toString())
                        .bind(2, revision.cluster())
                        .bind(3, revision.parent())
                        .bind(4, revision.time().toString())
                        .bind(5, revision.author())
                        .bind(6, revision.comment())
                        .execute()
                == 1;
    }

    private void insertChanges(Handle handle, UUID clusterId, Revision revision) {
        PreparedBatch batch =
                handle.prepareBatch(
                        """
                        INSERT INTO change
                        (revision, position, cluster_id, kind, name, document_before, document_after)
                        VALUES (?, ?, ?, ?, ?, ?, ?)\
                        """);
        int position = 0;
        for (Change change : revision.changes()) {
            batch.bind(0, revision.number())
                    .bind(1, position++)
                    .bind(2, clusterId.toString())
                    .bind(3, change.kind().document())
                    .bind(4, change.name())
                    .bind(5, change.before() == null ? null : documents.resource(change.before()))
                    .bind(6, change.after() == null ? null : documents.resource(change.after()))
                    .add();
        }
        batch.execute();
    }

    private void makeCurrent(Handle handle, UUID clusterId, Revision revision) {
        PreparedBatch puts =
                handle.prepareBatch(
                        """
                        INSERT INTO resource (cluster_id, cluster, kind, name, revision, document)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (cluster_id, kind, name)
                        DO UPDATE SET revision = excluded.revision, document = excluded.document\
                        """);
        PreparedBatch deletes =
                handle.prepareBatch(
                        "DELETE FROM resource WHERE cluster_id = ? AND kind = ? AND name = ?");
        Map<Kind, Integer> indexes = new EnumMap<>(Kind.class);
        for (Change change : revision.changes()) {
            Resource<?> after = change.after();
            if (after == null) {
                deletes.add(clusterId.toString(), change.kind().document(), change.name());
            } else {
                puts.add(
                        clusterId.toString(),
                        revision.cluster(),
                        change.kind().document(),
                        change.name(),
                        revision.number(),
                        documents.resource(after));
                indexes.merge(change.kind(), after.metadata().index(), Math::max);
            }
        }
        if (puts.size() > 0) {
            puts.execute();
        }
        if (deletes.size() > 0) {
            deletes.execute();
        }
        indexes.forEach((kind, value) ->
                handle.createUpdate(
                                """
                                INSERT INTO last_index (kind, value) VALUES (?, ?)
                                ON CONFLICT (kind) DO UPDATE SET value = excluded.value
                                WHERE excluded.value > last_index.value\
                                """)
                        .bind(0, kind.document())
                        .bind(1, value)
                        .execute());
    }

    @Override
    public Optional<Revision> find(UUID clusterId, long number) {
        return database.read(handle -> {
            RowMapper<Change> mapper =
                    (row, context) ->
                            new Change(
                                    kind(row.getString(1)),
                                    row.getString(2),
                                    documents.resourceOrNull(row.getString(3)),
                                    documents.resourceOrNull(row.getString(4)));
            List<Change> changes =
                    handle.createQuery(
                                    """
                                    SELECT kind, name, document_before, document_after
                                    FROM change WHERE revision = ? ORDER BY position\
                                    """)
                            .bind(0, number)
                            .map(mapper)
                            .list();
            return handle.createQuery(
                            """
                            SELECT number, cluster, parent, time, author, comment FROM revision
                            WHERE number = ? AND cluster_id = ?\
                            """)
                    .bind(0, number)
                    .bind(1, clusterId.toString())
                    .map((row, context) ->
                            new Revision(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getLong(3),
                                    Instant.parse(row.getString(4)),
                                    row.getString(5),
                                    row.getString(6),
                                    changes))
                    .findOne();
        });
    }

    @Override
    public Page<RevisionSummary> summaries(UUID clusterId, long below, int limit) {
        return database.read(handle -> {
            List<RevisionSummary> found =
                    handle.createQuery(
                                    """
                                    SELECT number, cluster, parent, time, author, comment FROM revision
                                    WHERE cluster_id = ? AND number < ?
                                    ORDER BY number DESC LIMIT ?\
                                    """)
                            .bind(0, clusterId.toString())
                            .bind(1, below)
                            .bind(2, limit + 1)
                            .map((row, context) ->
                                    new RevisionSummary(
                                            row.getLong(1),
                                            row.getString(2),
                                            row.getLong(3),
                                            Instant.parse(row.getString(4)),
                                            row.getString(5),
                                            row.getString(6),
                                            touched(handle, row.getLong(1))))
                            .list();
            if (found.size() <= limit) {
                return new Page<>(found, null);
            }
            List<RevisionSummary> part = found.subList(0, limit);
            return new Page<>(part, Long.toString(part.getLast().number()));
        });
    }

    private static List<RevisionSummary.Touched> touched(Handle handle, long number) {
        return handle.createQuery(
                        """
                        SELECT kind, name, document_before IS NULL, document_after IS NULL
                        FROM change WHERE revision = ? ORDER BY position\
                        """)
                .bind(0, number)
                .map((row, context) ->
                        new RevisionSummary.Touched(
                                kind(row.getString(1)),
                                row.getString(2),
                                row.getBoolean(3)
                                        ? ResourceChange.Action.CREATED
                                        : row.getBoolean(4)
                                                ? ResourceChange.Action.DELETED
                                                : ResourceChange.Action.UPDATED))
                .list();
    }

    @Override
    public Optional<Configuration> asOf(UUID clusterId, long number) {
        List<String> texts =
                database.read(handle ->
                        handle.createQuery(
                                        """
                                        SELECT c.document_after FROM change c JOIN (
                                            SELECT kind, name, MAX(revision) AS newest FROM change
                                            WHERE cluster_id = ? AND revision <= ?
                                            GROUP BY kind, name) n
                                        ON c.kind = n.kind AND c.name = n.name
                                            AND c.revision = n.newest
                                        WHERE c.cluster_id = ? AND c.document_after IS NOT NULL\
                                        """)
                                .bind(0, clusterId.toString())
                                .bind(1, number)
                                .bind(2, clusterId.toString())
                                .mapTo(String.class)
                                .list());
        ConfigurationBuilder builder = new ConfigurationBuilder();
        new ArrayList<>(texts).forEach(text -> builder.add(documents.resource(text)));
        return builder.build(number);
    }

    @Override
    public Subscription onForeignAppend(Runnable listener) {
        return foreign.subscribe(listener);
    }

    private static Kind kind(String document) {
        return Kind.ofDocument(document)
                .orElseThrow(() -> new IllegalStateException("database: kind " + document));
    }
}
