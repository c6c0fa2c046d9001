package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.api.ApiException;
import dev.weir.api.ApiToken;
import dev.weir.api.Event;
import dev.weir.api.NewUser;
import dev.weir.api.PageQuery;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Diagnosis;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Secret;
import dev.weir.model.Subscription;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class UsersTest {
    private static final Secret FIRST = new Secret("once upon a time");
    private static final Secret SECOND = new Secret("and they lived happily");

    @TempDir Path directory;

    private RunningAdmin running;
    private WeirClient client;

    @BeforeEach
    void start() throws IOException {
        running = RunningAdmin.start(directory);
        client = running.client();
        for (String cluster : List.of("lab", "shop")) {
            client.put(cluster, Drafts.cluster(cluster), WriteOptions.CREATE);
            client.put(cluster, Drafts.group("web"), WriteOptions.CREATE);
        }
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    @Test
    void letsAUserDoInEachClusterWhatTheRoleThereAllows() throws IOException {
        client.createUser(new NewUser("ann", FIRST, Map.of("lab", Role.EDITOR)));
        try (WeirClient ann = loggedIn("ann", FIRST)) {
            assertThat(ann.version().roles()).isEqualTo(Map.of("lab", Role.EDITOR));
            assertThat(ann.clusters().items())
                    .extracting(view -> view.resource().name())
                    .containsExactly("lab");
            ann.put("lab", Drafts.group("more"), WriteOptions.CREATE);
            for (Executable tooMuch :
                    List.<Executable>of(
                            () -> ann.get("shop", Kind.TARGET_GROUP, "web"),
                            () -> ann.put("shop", Drafts.group("more"), WriteOptions.CREATE),
                            () -> ann.put("new", Drafts.cluster("new"), WriteOptions.CREATE),
                            () -> ann.auditEvents(PageQuery.FIRST),
                            ann::users,
                            () -> ann.user("admin"),
                            () -> ann.tokens("admin"),
                            () -> ann.setRoles("ann", Map.of("*", Role.ADMIN)))) {
                assertThat(refused(tooMuch).status()).isEqualTo(403);
            }
            client.setRoles("ann", Map.of("shop", Role.VIEWER));
            assertThat(refused(() -> ann.get("lab", Kind.TARGET_GROUP, "web")).status())
                    .isEqualTo(403);
            assertThat(ann.get("shop", Kind.TARGET_GROUP, "web").value().name()).isEqualTo("web");
        }
    }

    @Test
    void letsNoEditorChangeTheClusterItselfByTheBackDoor() throws IOException {
        client.createUser(new NewUser("ann", FIRST, Map.of("lab", Role.EDITOR)));
        try (WeirClient ann = loggedIn("ann", FIRST)) {
            String exported = ann.export("lab");
            assertThat(ann.apply("lab", exported, false, "").changes()).isEmpty();
            String unprotected = exported.replace("engine: embedded", "engine: envoy");
            assertThat(unprotected).isNotEqualTo(exported);
            assertThat(refused(() -> ann.apply("lab", unprotected, false, "")).status())
                    .isEqualTo(403);
            client.apply("lab", unprotected, false, "");
            assertThat(refused(() -> ann.rollback("lab", 2, null, false, "")).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void showsDiagnosesAndNewsOfTheUsersOwnClustersAlone() throws Exception {
        running.admin().connect(new StoredRuns(running.admin().diagnosisStore()));
        client.createUser(new NewUser("ann", FIRST, Map.of("lab", Role.OPERATOR)));
        Diagnosis foreign = client.diagnose(spec("shop"), "key");
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (WeirClient ann = loggedIn("ann", FIRST);
                Subscription _ = ann.events(events::add)) {
            assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(Event.Connected.class);
            Diagnosis own = ann.diagnose(spec("lab"), "key");
            assertThat(ann.diagnoses(PageQuery.FIRST).items()).containsExactly(own);
            assertThat(refused(() -> ann.diagnosis(foreign.id())).status()).isEqualTo(404);
            assertThat(refused(() -> ann.cancelDiagnosis(foreign.id())).status()).isEqualTo(404);
            assertThat(refused(() -> ann.diagnose(spec("shop"), "other")).status()).isEqualTo(403);
            client.put("shop", Drafts.group("more"), WriteOptions.CREATE);
            client.put("lab", Drafts.group("more"), WriteOptions.CREATE);
            assertThat(events.poll(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Event.RevisionCommitted.class,
                            event -> assertThat(event.revision().cluster()).isEqualTo("lab"));
        }
    }

    @Test
    void showsATokenOnceAndEndsItAtOnce() throws IOException {
        client.createUser(new NewUser("ann", FIRST, Map.of("*", Role.VIEWER)));
        try (WeirClient ann = loggedIn("ann", FIRST)) {
            ApiToken.Issued issued =
                    ann.issueToken("ann", new ApiToken.Wanted("backup", Duration.ofHours(1)));
            assertThat(ann.tokens("ann"))
                    .extracting(ApiToken::name)
                    .containsExactlyInAnyOrder("session", "backup");
            assertThat(ann.tokens("ann")).extracting(ApiToken::id).contains(issued.id());
            assertThat(ann.tokens("ann").toString()).doesNotContain(issued.token());
            WeirClient program = ann.withToken(new Secret(issued.token()));
            assertThat(program.version().user()).isEqualTo("ann");

            ann.revokeToken("ann", issued.id());
            assertThat(refused(program::version).status()).isEqualTo(401);
            assertThat(refused(() -> ann.revokeToken("ann", issued.id())).status()).isEqualTo(404);
            assertThat(stored()).doesNotContain(issued.token());

            client.deleteUser("ann");
            assertThat(refused(ann::version).status()).isEqualTo(401);
        }
    }

    @Test
    void changesAPasswordOnlyForWhoKnowsIt() throws IOException {
        client.createUser(new NewUser("ann", FIRST, Map.of("*", Role.VIEWER)));
        try (WeirClient ann = loggedIn("ann", FIRST)) {
            Secret program =
                    new Secret(ann.issueToken("ann", new ApiToken.Wanted("p", null)).token());
            assertThat(refused(() -> ann.changePassword("ann", SECOND, SECOND)).status())
                    .isEqualTo(403);
            assertThat(refused(() -> ann.changePassword("ann", null, SECOND)).status())
                    .isEqualTo(403);
            ann.changePassword("ann", FIRST, SECOND);
            assertThat(refused(ann::version).status()).as("its sessions end").isEqualTo(401);
            assertThat(ann.withToken(program).version().user()).isEqualTo("ann");
            assertThat(refused(() -> loggedIn("ann", FIRST)).status()).isEqualTo(401);
            loggedIn("ann", SECOND).close();
            client.changePassword("ann", null, FIRST);
            loggedIn("ann", FIRST).close();
            assertThat(stored()).doesNotContain(FIRST.reveal(), SECOND.reveal());
        }
    }

    @Test
    void keepsTheLastAdmin() throws IOException {
        assertThat(refused(() -> client.deleteUser("admin")).status()).isEqualTo(409);
        assertThat(refused(() -> client.setRoles("admin", Map.of("lab", Role.ADMIN))).status())
                .as("admin of one cluster manages no users")
                .isEqualTo(409);
        assertThat(client.user("admin").roles()).isEqualTo(Map.of(User.EVERYWHERE, Role.ADMIN));
        client.createUser(new NewUser("ann", FIRST, Map.of("*", Role.ADMIN)));
        client.setRoles("admin", Map.of("*", Role.VIEWER));
        try (WeirClient ann = loggedIn("ann", FIRST)) {
            assertThat(refused(() -> ann.deleteUser("ann")).status()).isEqualTo(409);
            ann.deleteUser("admin");
            assertThat(ann.users()).extracting(User::name).containsExactly("ann");
        }
    }

    @Test
    void namesEveryFaultOfANewUserAtOnce() throws IOException {
        ApiException refused =
                refused(() ->
                        client.createUser(new NewUser("Ann!", new Secret("short"), Map.of())));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.errors())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("name", "password", "roles");
        client.createUser(new NewUser("ann", FIRST, Map.of("*", Role.VIEWER)));
        assertThat(
                        refused(() ->
                                        client.createUser(
                                                new NewUser(
                                                        "ann", SECOND, Map.of("*", Role.ADMIN))))
                                .status())
                .isEqualTo(409);
        loggedIn("ann", FIRST).close();
    }

    private WeirClient loggedIn(String user, Secret password) throws IOException {
        WeirClient stranger = new WeirClient(running.connection(null));
        return stranger.withToken(new Secret(stranger.login(user, password).token()));
    }

    private String stored() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String file : List.of("weir.db", "weir.db-wal")) {
            text.append(
                    new String(
                            Files.readAllBytes(directory.resolve(file)),
                            StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static Diagnosis.Spec spec(String cluster) {
        return new Diagnosis.Spec("set", cluster, "node", null, Map.of(), null, "");
    }

    private static ApiException refused(Executable call) {
        return catchThrowableOfType(ApiException.class, call::execute);
    }
}
