package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// `weirctl user` and `weirctl token`: what is asked of the server, of the user, and what is shown.
class AccountCommandsTest {
    private static final String EVE =
            """
            {"name": "eve", "roles": {"*": "viewer", "lab": "editor"},
             "createdAt": "2026-11-23T00:00:00Z"}
            """;
    private static final String ADMIN =
            """
            {"name": "admin", "roles": {"*": "admin"}, "createdAt": "2026-11-22T00:00:00Z"}
            """;

    @TempDir private Path home;

    @SuppressWarnings("NullAway.Init") // made before each test
    private FakeServer server;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Shell shell;

    @BeforeEach
    void start() throws Exception {
        shell = new Shell(home);
        server =
                new FakeServer()
                        .on("GET /api/v1/users", 200, "{\"items\": [%s, %s]}".formatted(ADMIN, EVE))
                        .on("GET /api/v1/users/eve", 200, EVE)
                        .on("POST /api/v1/users", 201, EVE)
                        .on("PUT /api/v1/users/eve/roles", 200, EVE)
                        .on("PUT /api/v1/users/eve/password", 204, "")
                        .on("PUT /api/v1/users/admin/password", 204, "")
                        .on("DELETE /api/v1/users/eve", 204, "")
                        .on(
                                "GET /api/v1/version",
                                200,
                                """
                                {"version": "1", "user": "admin", "role": "admin",
                                 "roles": {"*": "admin"}}
                                """)
                        .on(
                                "GET /api/v1/users/admin/tokens",
                                200,
                                """
                                {"items": [
                                  {"id": "a1", "name": "session",
                                   "createdAt": "2026-11-23T00:00:00Z",
                                   "expiresAt": "2026-11-23T12:00:00Z"},
                                  {"id": "b2", "name": "backup",
                                   "createdAt": "2026-11-23T01:00:00Z", "expiresAt": null}]}
                                """)
                        .on(
                                "POST /api/v1/users/admin/tokens",
                                201,
                                "{\"id\": \"c3\", \"token\": \"sesame\", \"expiresAt\": null}")
                        .on("DELETE /api/v1/users/eve/tokens/a1", 204, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsUsersWithTheirRolesAsTheyAreTyped() {
        assertThat(run("user", "get")).isZero();
        assertThat(shell.output())
                .isEqualToNormalizingNewlines(
                        """
                        NAME    ROLES               CREATED
                        admin   admin               2026-11-22T00:00:00Z
                        eve     viewer,lab=editor   2026-11-23T00:00:00Z
                        """);
        assertThat(run("user", "list", "-o", "name")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("admin\neve\n");
        assertThat(run("user", "get", "eve", "-o", "yaml")).isZero();
        assertThat(shell.output()).contains("name: eve\n").contains("  lab: editor\n");
        assertThat(run("user", "get", "mallory")).isEqualTo(3);
    }

    @Test
    void asksTwiceForANewPassword() {
        shell.whisper("correct horse", "correct horse");
        assertThat(run("user", "create", "eve", "-r", "viewer,lab=editor")).isZero();
        assertThat(shell.prompts())
                .containsExactly("Password of eve: ", "Password of eve, once more: ");
        assertThat(shell.output())
                .isEqualToNormalizingNewlines("user eve: created as viewer,lab=editor\n");
        assertThat(server.body("POST /api/v1/users"))
                .contains("\"correct horse\"")
                .contains("\"*\":\"viewer\"", "\"lab\":\"editor\"");

        shell.whisper("correct horse", "correct hose");
        assertThat(run("user", "create", "bob", "-r", "viewer")).isEqualTo(2);
        assertThat(shell.errors()).contains("the two passwords differ");
    }

    @Test
    void readsPasswordsFromStandardInputAndNeverFromAnArgument() {
        shell.pipe("old password 1\nnew password 2\n");
        assertThat(run("user", "set-password", "admin", "--password-stdin")).isZero();
        assertThat(shell.prompts()).isEmpty();
        assertThat(server.body("PUT /api/v1/users/admin/password"))
                .contains("\"current\":\"old password 1\"", "\"password\":\"new password 2\"");
        assertThat(shell.output()).doesNotContain("old password", "new password");

        shell.pipe("new password 3\r\n");
        assertThat(run("user", "set-password", "eve", "--password-stdin")).isZero();
        assertThat(server.body("PUT /api/v1/users/eve/password"))
                .contains("\"password\":\"new password 3\"");

        assertThat(run("user", "set-password", "admin", "--password-stdin")).isEqualTo(2);
        assertThat(shell.errors())
                .contains("standard input: has no line left for the new password of admin");
        assertThat(run("user", "set-password", "eve", "--password", "x")).isEqualTo(2);
        assertThat(run("user", "set-password", "eve")).isEqualTo(2);
        assertThat(shell.errors()).contains("no terminal to ask for the password");
    }

    @Test
    void refusesARoleThatIsNoneBeforeItAsksForAnything() {
        assertThat(run("user", "create", "bob", "-r", "lab=edito")).isEqualTo(2);
        assertThat(shell.errors()).contains("'edito' is no role; did you mean 'editor'?");
        assertThat(run("user", "set-roles", "eve", "-r", "lab=editor", "-r", "lab=viewer"))
                .isEqualTo(2);
        assertThat(run("user", "set-roles", "eve")).isEqualTo(2);
        assertThat(shell.prompts()).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void namesTheFieldThatTheServerRefuses() {
        server.on(
                "POST /api/v1/users",
                422,
                FakeServer.problem(
                        422,
                        "the document is not valid",
                        "[{\"path\": \"password\", \"message\": \"must have 12 to 256\"}]"));
        shell.pipe("short\n");
        assertThat(run("user", "create", "bob", "-r", "viewer", "--password-stdin")).isEqualTo(5);
        assertThat(shell.errors()).contains("  password must have 12 to 256");
        server.on(
                "DELETE /api/v1/users/eve",
                409,
                FakeServer.problem(409, "user eve: is the last admin"));
        assertThat(run("user", "delete", "eve")).isEqualTo(4);
        assertThat(shell.errors())
                .isEqualToNormalizingNewlines("weirctl: user eve: is the last admin\n");
    }

    @Test
    void replacesRolesAndDeletes() {
        assertThat(run("user", "set-roles", "eve", "-r", "viewer", "-r", "lab=editor")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("user eve: is viewer,lab=editor\n");
        assertThat(run("user", "delete", "eve")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("user eve: deleted\n");
    }

    @Test
    void listsTokensWithoutTheirSecrets() {
        assertThat(run("token", "get")).isZero();
        assertThat(shell.output())
                .isEqualToNormalizingNewlines(
                        """
                        ID   NAME      CREATED                EXPIRES
                        a1   session   2026-11-23T00:00:00Z   2026-11-23T12:00:00Z
                        b2   backup    2026-11-23T01:00:00Z   never
                        """);
        assertThat(run("token", "list", "-o", "name")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("a1\nb2\n");
    }

    @Test
    void printsTheSecretOfANewTokenAloneSoThatAFileTakesIt() throws Exception {
        assertThat(run("token", "issue", "backup", "--lifetime", "720h")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("sesame\n");
        assertThat(shell.errors()).contains("token c3 of admin").doesNotContain("sesame");
        assertThat(server.body("POST /api/v1/users/admin/tokens"))
                .contains("\"name\":\"backup\"", "\"lifetime\":\"720h\"");
        Path file = Files.writeString(home.resolve("token"), shell.output());
        assertThat(run("token", "get", "--token-file", file.toString())).isZero();

        assertThat(run("token", "issue", "backup", "-o", "json")).isZero();
        assertThat(shell.output()).contains("\"id\" : \"c3\"", "\"token\" : \"sesame\"");
    }

    @Test
    void issuesNothingWhereTheSecretOrTheLifetimeWouldBeLost() {
        assertThat(run("token", "issue", "backup", "-o", "name")).isEqualTo(2);
        assertThat(run("token", "issue", "backup", "--lifetime", "soon")).isEqualTo(2);
        assertThat(shell.errors()).contains("--lifetime: must be a duration", "is 'soon'");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void revokesTheTokenOfAnother() {
        assertThat(run("token", "revoke", "a1", "--user", "eve")).isZero();
        assertThat(shell.output()).isEqualToNormalizingNewlines("token a1: revoked\n");
        assertThat(run("token", "revoke", "a2", "--user", "eve")).isEqualTo(3);
    }

    private int run(String... arguments) {
        return shell.run(Map.of("WEIR_ADMIN", server.address().toString()), arguments);
    }
}
