package dev.weir.admin.store;

import dev.weir.model.DiagnosisStore;
import dev.weir.testkit.DiagnosisStoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

class SqliteStoresTest {
    @TempDir Path directory;

    private Database database;
    private Vault vault;

    @BeforeEach
    void open() throws IOException {
        database = Database.sqlite(directory.resolve("weir.db"));
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
            try {
                return new String(
                                Files.readAllBytes(directory.resolve("weir.db")),
                                StandardCharsets.ISO_8859_1)
                        + new String(
                                Files.readAllBytes(directory.resolve("weir.db-wal")),
                                StandardCharsets.ISO_8859_1);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
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
}
