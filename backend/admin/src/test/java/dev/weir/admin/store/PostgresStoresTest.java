package dev.weir.admin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Ledger;
import dev.weir.admin.resource.Precondition;
import dev.weir.model.Cluster;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Secret;
import dev.weir.testkit.DiagnosisStoreContract;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// The same stores on a real PostgreSQL server, whose binaries come from Maven.
class PostgresStoresTest {
    private static EmbeddedPostgres server;

    @TempDir Path directory;

    private PostgresAddress address;
    private Database database;
    private Vault vault;

    @BeforeAll
    static void startServer() throws IOException {
        try {
            server = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
        } catch (IOException | IllegalStateException noServer) {
            if (System.getenv("CI") != null) {
                throw noServer;
            }
            Assumptions.abort("no PostgreSQL on this machine: " + noServer.getMessage());
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        String name = "weir_" + UUID.randomUUID().toString().replace('-', '_');
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        address =
                new PostgresAddress(
                        server.getJdbcUrl("postgres", name), "postgres", new Secret("postgres"));
        database = Database.postgresql(address);
        vault = Vault.open(directory.resolve("vault.key"), new SecureRandom());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Nested
    class Revisions extends RevisionStoreContract {
        @Override
        protected RevisionStore store() {
            return new SqlRevisionStore(database, vault, ForeignAppends.NONE);
        }

        @Override
        protected AuditLog audit() {
            return new AuditLog(database);
        }

        @Override
        protected String raw() {
            List<String> documents =
                    database.read(handle ->
                            handle.createQuery(
                                            """
                                            SELECT document FROM resource
                                            UNION SELECT document_after FROM change\
                                            """)
                                    .mapTo(String.class)
                                    .list());
            return String.join("\n", documents);
        }
    }

    @Nested
    class Users extends AccountsContract {
        @Override
        protected Database database() {
            return database;
        }
    }

    @Nested
    class Diagnoses extends DiagnosisStoreContract {
        @Override
        protected DiagnosisStore store() {
            return new SqlDiagnosisStore(database, vault);
        }
    }

    @Test
    void wakesTheOtherAdminAndLetsBothWrite() throws Exception {
        try (Side left = new Side("left");
                Side right = new Side("right")) {
            left.create("lab");
            await(() -> right.ledger.clusters().contains("lab"));
            right.create("second");
            left.create("third");
            await(() -> left.ledger.clusters().size() == 3 && right.ledger.clusters().size() == 3);
            assertThat(left.ledger.current("third").orElseThrow().revision()).isEqualTo(3);
        }
    }

    private final class Side implements AutoCloseable {
        private final PostgresAppends appends;
        private final Ledger ledger;

        Side(String origin) {
            appends = PostgresAppends.listen(address, origin);
            ledger =
                    new Ledger(
                            new SqlRevisionStore(database, vault, appends),
                            InstantSource.system(),
                            UUID::randomUUID);
        }

        void create(String cluster) throws Exception {
            Draft<Cluster> draft = Draft.of(cluster, new Cluster(Engine.EMBEDDED, false));
            ledger.edit(
                    new Edit(
                            cluster,
                            Edit.of(List.of(new Edit.Put(draft, Precondition.NONE))),
                            "ann",
                            "",
                            false));
        }

        @Override
        public void close() {
            ledger.close();
            appends.close();
        }
    }

    private static void await(java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
