package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.api.ApiException;
import dev.weir.api.PageQuery;
import dev.weir.api.ResourceView;
import dev.weir.api.Role;
import dev.weir.api.Versioned;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Secret;
import dev.weir.model.Target;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class AdminServerTest {
    @TempDir Path directory;

    private RunningAdmin running;
    private WeirClient client;

    @BeforeEach
    void start() throws IOException {
        running = RunningAdmin.start(directory);
        client = running.client();
        client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
        client.put("lab", Drafts.group("web"), WriteOptions.CREATE);
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    @Test
    void readsBackWhatWasWrittenAndSavingItAgainChangesNothing() throws IOException {
        Versioned<ResourceView> created =
                client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        Versioned<ResourceView> read = client.get("lab", Kind.VIRTUAL_SERVER, "shop");
        assertThat(read.value().draft()).isEqualTo(Drafts.server("shop", 8080, "web"));
        assertThat(read.etag()).isEqualTo(created.etag());

        Versioned<ResourceView> saved =
                client.put("lab", read.value().draft(), WriteOptions.replacing(read.etag()));
        assertThat(saved.etag()).isEqualTo(read.etag());
        assertThat(client.revisions("lab", PageQuery.FIRST).items()).hasSize(3);
    }

    @Test
    void refusesAnEditBasedOnAnOldRevision() throws IOException {
        Versioned<ResourceView> first = client.get("lab", Kind.TARGET_GROUP, "web");
        client.setTargetState("lab", "web", "a", Target.AdminState.DRAIN);
        assertThat(
                        refused(() ->
                                        client.put(
                                                "lab",
                                                first.value().draft(),
                                                WriteOptions.replacing(first.etag())))
                                .status())
                .isEqualTo(412);
    }

    @Test
    void namesTheUsersOfATargetGroupThatCannotBeDeleted() throws IOException {
        client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        Versioned<ResourceView> group = client.get("lab", Kind.TARGET_GROUP, "web");
        ApiException refused =
                refused(() ->
                        client.delete(
                                "lab",
                                new Reference(Kind.TARGET_GROUP, "web"),
                                WriteOptions.replacing(group.etag())));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused).hasMessageContaining("used by virtual server shop");
    }

    @Test
    void letsEachRoleDoItsPartAndNoMore() throws IOException {
        try (WeirClient viewer = running.client("vera", Role.VIEWER);
                WeirClient operator = running.client("otto", Role.OPERATOR)) {
            assertThat(viewer.get("lab", Kind.TARGET_GROUP, "web").value().name()).isEqualTo("web");
            assertThat(
                            refused(() ->
                                            viewer.setTargetState(
                                                    "lab", "web", "a", Target.AdminState.DRAIN))
                                    .status())
                    .isEqualTo(403);
            operator.setTargetState("lab", "web", "a", Target.AdminState.DRAIN);
            assertThat(
                            refused(() ->
                                            operator.put(
                                                    "lab",
                                                    Drafts.group("more"),
                                                    WriteOptions.CREATE))
                                    .status())
                    .isEqualTo(403);
        }
        assertThat(client.auditEvents(PageQuery.FIRST).items())
                .anyMatch(event -> event.actor().equals("vera") && event.result() == 403)
                .anyMatch(event -> event.actor().equals("otto") && event.action().equals("drain"));
    }

    @Test
    void letsAnAgentFollowItsClusterAndNothingElse() throws IOException {
        try (WeirClient agent = running.client("agents", Role.AGENT)) {
            assertThat(agent.get("", Kind.CLUSTER, "lab").value().name()).isEqualTo("lab");
            for (Kind kind : List.of(Kind.NODE, Kind.VIRTUAL_SERVER, Kind.TARGET_GROUP)) {
                for (ResourceView one : agent.list("lab", kind, PageQuery.FIRST).items()) {
                    assertThat(agent.get("lab", kind, one.name()).value().name())
                            .isEqualTo(one.name());
                }
            }
            assertThat(agent.get("lab", Kind.TARGET_GROUP, "web").value().name()).isEqualTo("web");
            long newest = agent.revisions("lab", PageQuery.FIRST).items().getFirst().number();
            for (Executable more :
                    List.<Executable>of(
                            () -> agent.list("lab", Kind.CERTIFICATE, PageQuery.FIRST),
                            () -> agent.get("lab", Kind.CERTIFICATE, "any"),
                            () -> agent.revision("lab", newest),
                            () -> agent.auditEvents(PageQuery.FIRST),
                            agent::credentials,
                            () -> agent.diagnoses(PageQuery.FIRST),
                            () -> agent.export("lab"),
                            () ->
                                    agent.setTargetState(
                                            "lab", "web", "a", Target.AdminState.DRAIN))) {
                assertThat(refused(more).status()).isEqualTo(403);
            }
        }
    }

    @Test
    void logsInWithThePasswordOfTheFirstStart() throws IOException {
        Secret password = running.admin().firstPassword().orElseThrow();
        try (WeirClient stranger = new WeirClient(running.connection(null))) {
            assertThat(refused(stranger::clusters).status()).isEqualTo(401);
            assertThat(refused(() -> stranger.login("admin", new Secret("guess"))).status())
                    .isEqualTo(401);
            Secret token = new Secret(stranger.login("admin", password).token());
            assertThat(stranger.withToken(token).clusters().items()).hasSize(1);
        }
    }

    private static ApiException refused(Executable call) {
        return catchThrowableOfType(ApiException.class, call::execute);
    }
}
