package dev.weir.console.editing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.editing.EditorViewModel.Stage;
import dev.weir.console.fake.FakeAdmin;
import dev.weir.console.fake.Samples;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.SessionException;
import dev.weir.console.virtualserver.ServerForm;
import dev.weir.console.virtualserver.ServerForms;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Reference;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Map;

class EditorViewModelTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final LiveCluster cluster = connected();
    private final EditorViewModel<ServerForm> editor = editor("shop");

    @Test
    void openingChangesNothing() {
        assertThat(editor.dirtyProperty().get()).isFalse();
        assertThat(editor.problems()).isEmpty();
        for (var server : cluster.configuration().virtualServers().values()) {
            var read = ServerForm.CODEC.read(ServerForm.CODEC.form(server), server.labels());
            assertThat(read.problems()).isEmpty();
            assertThat(read.draft()).isEqualTo(server.draft());
        }
    }

    @Test
    void typedTextThatIsNoNumberIsAProblemOfItsField() {
        editor.edit("spec.port", form -> ServerForms.port(form, "eighty"));

        assertThat(editor.problems())
                .containsExactly(new Problem("spec.port", "must be a whole number, is 'eighty'"));
        editor.review();
        assertThat(editor.stageProperty().get()).isEqualTo(Stage.EDITING);
    }

    @Test
    void aReferenceToWhatIsNotThereIsAProblemBeforeTheServerIsAsked() {
        editor.edit("group", form -> ServerForms.defaultGroup(form, "catalogue"));

        assertThat(editor.problems())
                .extracting(Problem::path)
                .containsExactly("spec.defaultTargetGroup");
    }

    @Test
    void keystrokesInOneFieldAreUndoneTogether() {
        editor.edit("spec.port", form -> ServerForms.port(form, "9"));
        editor.edit("spec.port", form -> ServerForms.port(form, "90"));
        editor.edit("spec.address", form -> ServerForms.address(form, "0.0.0.0"));

        assertThat(editor.undo()).isTrue();
        assertThat(ServerForms.portOf(editor.form())).isEqualTo("90");
        assertThat(editor.undo()).isTrue();
        assertThat(editor.dirtyProperty().get()).isFalse();
        assertThat(editor.undo()).isFalse();
    }

    @Test
    void labelsAreEditedReviewedAndUndoneLikeAnyField() {
        editor.editLabels("env=prod, team=shop");
        editor.review();
        assertThat(editor.changes())
                .extracting(FieldChange::path)
                .containsExactlyInAnyOrder("labels.env", "labels.team");

        editor.goOn();
        assertThat(cluster.find(Kind.VIRTUAL_SERVER, "shop").orElseThrow().labels())
                .containsOnly(Map.entry("env", "prod"), Map.entry("team", "shop"));
        assertThat(editor.labels()).isEqualTo("env=prod, team=shop");

        editor.editLabels("prod");
        assertThat(editor.problems()).extracting(Problem::path).containsExactly("labels");
        assertThat(editor.undo()).isTrue();
        assertThat(editor.dirtyProperty().get()).isFalse();
    }

    @Test
    void reviewsAppliesShowsTheNodesAndTakesItBack() {
        editor.edit("spec.port", form -> ServerForms.port(form, "8088"));
        editor.review();
        assertThat(editor.changes())
                .containsExactly(
                        new FieldChange(
                                new Reference(Kind.VIRTUAL_SERVER, "shop"),
                                "spec.port",
                                "8080",
                                "8088"));

        editor.commentProperty().set("move the port");
        editor.apply();
        assertThat(editor.stageProperty().get()).isEqualTo(Stage.APPLIED);
        assertThat(editor.appliedProperty().get()).isEqualTo(42);
        assertThat(editor.dirtyProperty().get()).isFalse();
        assertThat(port()).isEqualTo(8088);

        editor.rollBack("undo");
        assertThat(port()).isEqualTo(8080);
        assertThat(ServerForms.portOf(editor.form())).isEqualTo("8080");
    }

    @Test
    void refusesToOverwriteWhatSomeoneElseSaved() throws SessionException {
        editor.edit("spec.port", form -> ServerForms.port(form, "8088"));
        fixture.admin.edit(Draft.of("shop", disabled()));

        assertThat(editor.overtakenProperty().get()).isTrue();
        editor.review();
        assertThat(editor.failureProperty().get()).hasMessageContaining("was changed meanwhile");

        editor.reset();
        assertThat(editor.dirtyProperty().get()).isFalse();
        assertThat(editor.overtakenProperty().get()).isFalse();
        assertThat(editor.form().adminState()).isEqualTo(VirtualServer.AdminState.DISABLED);
    }

    @Test
    void anUntouchedFormFollowsTheServer() throws SessionException {
        fixture.admin.edit(Draft.of("shop", disabled()));

        assertThat(editor.form().adminState()).isEqualTo(VirtualServer.AdminState.DISABLED);
        assertThat(editor.overtakenProperty().get()).isFalse();
    }

    @Test
    void whatANodeRefusesShowsAtItsField() {
        fixture.admin.roll(
                FakeAdmin.rejected(
                        41,
                        new Reference(Kind.VIRTUAL_SERVER, "shop"),
                        "spec.port",
                        "cannot bind 127.0.0.1:8080"));

        assertThat(editor.problems())
                .containsExactly(new Problem("spec.port", "node-1: cannot bind 127.0.0.1:8080"));
    }

    @Test
    void aNewServerWithATakenNameIsToldAtTheName() {
        EditorViewModel<ServerForm> fresh = editor(null);
        fresh.edit("all", form -> ServerForms.complete(form, "shop", "9000"));

        assertThat(fresh.problems()).extracting(Problem::path).containsExactly("name");
    }

    private LiveCluster connected() {
        LiveSession session =
                new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);
        session.start();
        return session.cluster("lab").orElseThrow();
    }

    private EditorViewModel<ServerForm> editor(@Nullable String name) {
        return new EditorViewModel<>(
                Kind.VIRTUAL_SERVER,
                name == null ? null : cluster.configuration().virtualServers().get(name),
                ServerForm.BLANK,
                ServerForm.CODEC,
                cluster,
                fixture.admin,
                fixture.background);
    }

    private int port() {
        return ((VirtualServer) cluster.find(Kind.VIRTUAL_SERVER, "shop").orElseThrow().spec())
                .port();
    }

    private static VirtualServer disabled() {
        VirtualServer shop = Samples.shop();
        return new VirtualServer(
                shop.address(),
                shop.port(),
                shop.protocol(),
                VirtualServer.AdminState.DISABLED,
                shop.hostnames(),
                shop.tls(),
                shop.rules(),
                shop.defaultTargetGroup());
    }
}
