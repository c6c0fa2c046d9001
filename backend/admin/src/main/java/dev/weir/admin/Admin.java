package dev.weir.admin;

import dev.weir.admin.auth.Accounts;
import dev.weir.admin.auth.CertificateAuthority;
import dev.weir.admin.auth.LoginThrottle;
import dev.weir.admin.resource.Ledger;
import dev.weir.admin.store.AuditLog;
import dev.weir.admin.store.Database;
import dev.weir.admin.store.ForeignAppends;
import dev.weir.admin.store.PostgresAddress;
import dev.weir.admin.store.PostgresAppends;
import dev.weir.admin.store.SqlDiagnosisStore;
import dev.weir.admin.store.SqlRevisionStore;
import dev.weir.admin.store.Vault;
import dev.weir.api.ApiToken;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.model.DiagnosisRuns;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.RolloutStatusSource;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// LB-Admin: the store of desired state, users, trust, and the REST door before them.
///
/// Opened once for each data directory. Any thread.
public final class Admin implements AutoCloseable {
    private final Database database;
    private final ForeignAppends foreign;
    private final Ledger ledger;
    private final SqlDiagnosisStore catalog;
    private final Accounts accounts;
    private final CertificateAuthority authority;
    private final Optional<Secret> firstPassword;
    private final InstantSource clock;
    private final String epoch;
    private final List<EventHub> hubs = new CopyOnWriteArrayList<>();
    private volatile @Nullable RolloutStatusSource rollouts;
    private volatile @Nullable DiagnosisRuns runs;

    private Admin(
            Path directory,
            Database database,
            ForeignAppends foreign,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        this.database = database;
        this.foreign = foreign;
        this.clock = clock;
        Vault vault = Vault.open(directory.resolve("vault.key"), random);
        ledger =
                new Ledger(new SqlRevisionStore(database, vault, foreign), clock, UUID::randomUUID);
        catalog = new SqlDiagnosisStore(database, vault);
        accounts = new Accounts(database, clock, random);
        authority = CertificateAuthority.open(directory, clock, random);
        firstPassword = accounts.bootstrap();
        byte[] life = new byte[4];
        random.nextBytes(life);
        epoch = HexFormat.of().formatHex(life);
    }

    /// Opens the SQLite database, keys and authority of a data directory, which is made where it is
    /// absent.
    public static Admin open(Path directory, InstantSource clock, SecureRandom random)
            throws IOException {
        Files.createDirectories(directory);
        Database database = Database.sqlite(directory.resolve("weir.db"));
        try {
            return new Admin(directory, database, ForeignAppends.NONE, clock, random);
        } catch (IOException | RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    /// Opens a database of PostgreSQL that other admins may share. The data directory holds the
    /// keys and the authority, which all of them must have in common: copy `vault.key`, `ca.pem`
    /// and `ca.key` from the first to the others before they start.
    public static Admin open(
            Path directory, PostgresAddress address, InstantSource clock, SecureRandom random)
            throws IOException {
        Files.createDirectories(directory);
        Database database = Database.postgresql(address);
        PostgresAppends foreign = null;
        try {
            foreign = PostgresAppends.listen(address, UUID.randomUUID().toString());
            return new Admin(directory, database, foreign, clock, random);
        } catch (IOException | RuntimeException failed) {
            if (foreign != null) {
                foreign.close();
            }
            database.close();
            throw failed;
        }
    }

    /// The password of the user `admin`, on the very first start only; it is stored nowhere.
    public Optional<Secret> firstPassword() {
        return firstPassword;
    }

    /// Desired state, for controller and agents.
    public Ledger ledger() {
        return ledger;
    }

    /// Diagnoses, for the diagnoser.
    public DiagnosisStore diagnosisStore() {
        return catalog;
    }

    /// The same with its writing side: operations, sets and credentials.
    public SqlDiagnosisStore catalog() {
        return catalog;
    }

    /// Issues the certificates of servers.
    public CertificateAuthority authority() {
        return authority;
    }

    /// Creates a user with a role everywhere; answers whether the name was free.
    public boolean createUser(String name, Role role, Secret password) {
        return accounts.create(name, password, Map.of(User.EVERYWHERE, role));
    }

    /// A token of a user that works until it is taken back.
    ///
    /// @param name what it is for, shown beside it
    public Secret issueToken(String user, String name) {
        return new Secret(accounts.tokens().issue(user, name, null).token());
    }

    /// Takes back the tokens of a user whose names are not to be kept, with their event streams.
    public void retainTokens(String user, Predicate<String> kept) {
        for (ApiToken token : accounts.tokens().of(user)) {
            if (!kept.test(token.name())) {
                accounts.tokens().revoke(user, token.id());
            }
        }
        hubs.forEach(EventHub::review);
    }

    /// Connects the controller; before the server starts, or [AdminServer#connect] follows.
    public void connect(RolloutStatusSource source) {
        rollouts = source;
    }

    /// Connects the diagnoser; before the server starts, or [AdminServer#connect] follows.
    public void connect(DiagnosisRuns diagnoser) {
        runs = diagnoser;
    }

    /// A server that is not started yet.
    public AdminServer server(Binding binding) {
        return server(binding, EventHub.Limits.DEFAULT);
    }

    AdminServer server(Binding binding, EventHub.Limits limits) {
        AuditLog audit = new AuditLog(database);
        EventHub events = new EventHub(epoch, limits, System::nanoTime);
        hubs.add(events);
        Realm realm =
                new Realm(
                        ledger,
                        catalog,
                        accounts,
                        new LoginThrottle(clock),
                        audit,
                        events,
                        () -> rollouts,
                        () -> runs);
        return new AdminServer(realm, new Auditor(audit, clock), binding);
    }

    @Override
    public void close() {
        ledger.close();
        foreign.close();
        database.close();
    }
}
