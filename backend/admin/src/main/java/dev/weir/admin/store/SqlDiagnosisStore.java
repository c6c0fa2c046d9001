package dev.weir.admin.store;

import dev.weir.api.Words;
import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Diagnoses and what they are made of, in SQLite or PostgreSQL.
public final class SqlDiagnosisStore implements DiagnosisStore {
    /// Always nine digits of a second, because the text is what is sorted.
    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

    private final Database database;
    private final StoredDocuments documents;

    /// Diagnoses in this database; the tokens of credentials are sealed.
    public SqlDiagnosisStore(Database database, Vault vault) {
        this.database = database;
        this.documents = new StoredDocuments(vault);
    }

    @Override
    public Map<String, Operation> operations() {
        return all("operation", Operation.class);
    }

    @Override
    public Map<String, OperationSet> operationSets() {
        return all("operation_set", OperationSet.class);
    }

    /// Credentials with their tokens, by name.
    public Map<String, Credential> credentials() {
        return all("credential", Credential.class);
    }

    @Override
    public Optional<Credential> credential(String name) {
        return Optional.ofNullable(credentials().get(name));
    }

    public void put(Operation operation) {
        put("operation", operation.name(), operation);
    }

    public void put(OperationSet set) {
        put("operation_set", set.name(), set);
    }

    public void put(Credential credential) {
        put("credential", credential.name(), credential);
    }

    /// Deletes an operation; answers whether it was there.
    public boolean deleteOperation(String name) {
        return delete("operation", name);
    }

    public boolean deleteOperationSet(String name) {
        return delete("operation_set", name);
    }

    public boolean deleteCredential(String name) {
        return delete("credential", name);
    }

    @Override
    public boolean insert(Diagnosis diagnosis) {
        return database.write(handle -> {
            String virtualServer = diagnosis.spec().virtualServer();
            int inserted =
                    handle.createUpdate(
                                    """
                                    INSERT INTO diagnosis (id, version, finished, created_at,
                                        cluster, virtual_server, phase, document)
                                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                                    """)
                            .bind(0, diagnosis.id())
                            .bind(1, diagnosis.version())
                            .bind(2, diagnosis.status().phase().isFinal() ? 1 : 0)
                            .bind(3, SORTABLE.format(diagnosis.createdAt()))
                            .bind(4, diagnosis.spec().cluster())
                            .bind(5, virtualServer == null ? "" : virtualServer)
                            .bind(6, Words.of(diagnosis.status().phase()))
                            .bind(7, documents.record(diagnosis))
                            .execute();
            if (inserted == 1) {
                listArtifacts(handle, diagnosis);
            }
            return inserted == 1;
        });
    }

    @Override
    public boolean update(Diagnosis diagnosis) {
        return database.write(handle -> {
            int updated =
                    handle.createUpdate(
                                    """
                                    UPDATE diagnosis
                                    SET version = ?, finished = ?, phase = ?, document = ?
                                    WHERE id = ? AND version = ?\
                                    """)
                            .bind(0, diagnosis.version())
                            .bind(1, diagnosis.status().phase().isFinal() ? 1 : 0)
                            .bind(2, Words.of(diagnosis.status().phase()))
                            .bind(3, documents.record(diagnosis))
                            .bind(4, diagnosis.id())
                            .bind(5, diagnosis.version() - 1)
                            .execute();
            if (updated == 1) {
                listArtifacts(handle, diagnosis);
            }
            return updated == 1;
        });
    }

    private static void listArtifacts(Handle handle, Diagnosis diagnosis) {
        for (Diagnosis.Step step : diagnosis.status().steps()) {
            for (Diagnosis.Artifact artifact : step.artifacts()) {
                handle.createUpdate(
                                """
                                INSERT INTO artifact (sha256, diagnosis) VALUES (?, ?)
                                ON CONFLICT DO NOTHING\
                                """)
                        .bind(0, artifact.sha256())
                        .bind(1, diagnosis.id())
                        .execute();
            }
        }
    }

    @Override
    public Optional<Diagnosis> find(String id) {
        return select("WHERE id = ?", id).stream().findFirst();
    }

    @Override
    public List<Diagnosis> list(DiagnosisQuery query) {
        Map<String, String> values = new LinkedHashMap<>();
        StringBuilder condition = new StringBuilder("1 = 1");
        Set<String> clusters = query.filter().clusters();
        if (clusters != null && clusters.isEmpty()) {
            return List.of();
        }
        if (clusters != null) {
            condition.append(" AND cluster IN (<clusters>)");
        }
        equal("virtual_server", query.filter().virtualServer(), condition, values);
        Diagnosis.Phase phase = query.filter().phase();
        equal("phase", phase == null ? null : Words.of(phase), condition, values);
        DiagnosisQuery.Position after = query.after();
        if (after != null) {
            condition.append(
                    " AND (:after > created_at OR (created_at = :after AND id > :after_id))");
            values.put("after", SORTABLE.format(after.createdAt()));
            values.put("after_id", after.id());
        }
        condition.append(" ORDER BY created_at DESC, id LIMIT :limit");
        return database.read(handle -> {
            Query select =
                    handle.createQuery("SELECT document FROM diagnosis WHERE " + condition)
                            .bindMap(values)
                            .bind("limit", query.limit());
            return read(clusters == null ? select : select.bindList("clusters", clusters));
        });
    }

    private static void equal(
            String column,
            @Nullable String wanted,
            StringBuilder condition,
            Map<String, String> values) {
        if (wanted != null) {
            condition.append(" AND ").append(column).append(" = :").append(column);
            values.put(column, wanted);
        }
    }

    @Override
    public List<Diagnosis> unfinished() {
        return select("WHERE finished = ? ORDER BY created_at, id", 0);
    }

    @Override
    public Optional<Diagnosis> holderOf(String sha256) {
        return select(
                        """
                        WHERE id IN (SELECT diagnosis FROM artifact WHERE sha256 = ?)
                        ORDER BY created_at DESC\
                        """,
                        sha256)
                .stream()
                .findFirst();
    }

    private List<Diagnosis> select(String condition, Object value) {
        return database.read(handle ->
                read(
                        handle.createQuery("SELECT document FROM diagnosis " + condition)
                                .bind(0, value)));
    }

    private List<Diagnosis> read(Query query) {
        return query.mapTo(String.class).list().stream()
                .map(text -> documents.record(text, Diagnosis.class))
                .toList();
    }

    private <T extends Record> Map<String, T> all(String table, Class<T> type) {
        return database.read(handle -> {
            Map<String, T> found = new LinkedHashMap<>();
            handle.createQuery("SELECT name, document FROM " + table + " ORDER BY name")
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(
                            row -> found.put(row.getKey(), documents.record(row.getValue(), type)));
            return found;
        });
    }

    private void put(String table, String name, Record record) {
        database.write(handle ->
                handle.createUpdate(
                                "INSERT INTO "
                                        + table
                                        + " (name, document) VALUES (?, ?) ON CONFLICT (name)"
                                        + " DO UPDATE SET document = excluded.document")
                        .bind(0, name)
                        .bind(1, documents.record(record))
                        .execute());
    }

    private boolean delete(String table, String name) {
        return database.write(handle ->
                handle.createUpdate("DELETE FROM " + table + " WHERE name = ?")
                                .bind(0, name)
                                .execute()
                        == 1);
    }
}
