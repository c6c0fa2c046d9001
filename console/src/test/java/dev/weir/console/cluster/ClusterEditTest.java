package dev.weir.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.FormCodec;
import dev.weir.console.fake.RecordingDesk;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Desk.Question;
import dev.weir.console.shell.Page;
import dev.weir.model.Cluster;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Node;
import dev.weir.model.Problem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class ClusterEditTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final RecordingDesk desk = new RecordingDesk();
    private final LiveSession session =
            new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);

    @BeforeEach
    void begin() {
        session.start();
    }

    @Test
    void openingAClusterOrANodeChangesNothing() {
        assertThat(cluster().dirtyProperty().get()).isFalse();
        var node = Objects.requireNonNull(lab().configuration().nodes().get("node-1"));
        assertThat(NodeForm.CODEC.read(NodeForm.CODEC.form(node), Map.of()).draft())
                .isEqualTo(node.draft());
    }

    @Test
    void editsAClusterAfterAReviewAndUndoesIt() {
        EditorViewModel<ClusterForm> editor = cluster();
        editor.edit("description", form -> form.withDescription("the lab at home"));
        editor.edit("protection", form -> form.withDeletionProtection(false));
        editor.editLabels("site=home");
        editor.goOn();
        assertThat(editor.changes())
                .extracting(FieldChange::path)
                .containsExactlyInAnyOrder("description", "labels.site", "spec.deletionProtection");

        editor.goOn();
        assertThat(lab().isProtected()).isFalse();
        assertThat(lab().configuration().cluster().description()).isEqualTo("the lab at home");

        editor.rollBack("undo");
        assertThat(lab().isProtected()).isTrue();
    }

    @Test
    void aNewClusterNeedsANameOfItsOwn() {
        FormCodec<ClusterForm> codec = ClusterForm.codec(List.of("lab"));

        assertThat(codec.read(ClusterForm.BLANK.withName("lab"), Map.of()).problems())
                .extracting(Problem::path)
                .containsExactly("name");
        FormCodec.Reading read =
                codec.read(ClusterForm.BLANK.withName("edge").withEngine(Engine.ENVOY), Map.of());
        assertThat(read.problems()).isEmpty();
        assertThat(read.draft().spec()).isEqualTo(new Cluster(Engine.ENVOY, true));
    }

    @Test
    void aProtectedClusterIsNotDeletedAndSaysWhatToDo() {
        deletion().ask();

        assertThat(desk.questions).isEmpty();
        assertThat(desk.notices.getFirst().tone()).isEqualTo(Notice.Tone.FAILED);
        assertThat(session.cluster("lab")).isPresent();
    }

    @Test
    void anUnprotectedClusterIsDeletedAfterItsTypedNameWithoutAWayBack() {
        EditorViewModel<ClusterForm> editor = cluster();
        editor.edit("protection", form -> form.withDeletionProtection(false));
        editor.goOn();
        editor.goOn();
        desk.open(new Page.Overview("lab"));
        deletion().ask();

        Question question = desk.questions.getFirst();
        assertThat(question.typed()).isEqualTo("lab");
        assertThat(question.text()).contains("3 virtual servers", "cannot be undone");
        assertThat(desk.notices.getFirst().offer()).isNull();
        assertThat(desk.opened).isEmpty();
        assertThat(session.cluster("lab")).isEmpty();
    }

    @Test
    void aNodesAddressesAreReadAndJudgedAtTheirFields() {
        EditorViewModel<NodeForm> editor = node();
        editor.edit("agent", form -> form.withAgent("https://10.0.0.5 :8443"));
        assertThat(editor.problems()).extracting(Problem::path).containsExactly("spec.agent");
        editor.edit("agent", form -> form.withAgent("10.0.0.5"));
        assertThat(editor.problems()).extracting(Problem::path).containsExactly("spec.agent");
        editor.edit("agent", form -> form.withAgent("https://10.0.0.5:8443"));
        editor.edit("snmp", form -> form.withSnmp("10.0.0.5"));
        assertThat(editor.problems()).extracting(Problem::path).containsExactly("spec.snmp");
        editor.edit("snmp", form -> form.withSnmp(""));
        editor.goOn();
        editor.goOn();

        assertThat(Objects.requireNonNull(fixture.admin.now().nodes().get("node-1")).spec())
                .isEqualTo(new Node(URI.create("https://10.0.0.5:8443"), null));
    }

    private EditorViewModel<ClusterForm> cluster() {
        return new EditorViewModel<>(
                Kind.CLUSTER,
                lab().configuration().cluster(),
                ClusterForm.BLANK,
                ClusterForm.codec(List.of()),
                lab(),
                fixture.admin,
                fixture.background);
    }

    private EditorViewModel<NodeForm> node() {
        return new EditorViewModel<>(
                Kind.NODE,
                lab().configuration().nodes().get("node-1"),
                NodeForm.BLANK,
                NodeForm.CODEC,
                lab(),
                fixture.admin,
                fixture.background);
    }

    private ClusterDeletion deletion() {
        return new ClusterDeletion(lab(), fixture.admin, fixture.background, desk);
    }

    private LiveCluster lab() {
        return session.cluster("lab").orElseThrow();
    }
}
