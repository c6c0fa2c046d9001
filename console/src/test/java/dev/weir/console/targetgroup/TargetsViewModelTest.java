package dev.weir.console.targetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.fake.RecordingDesk;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.model.Target;

import org.junit.jupiter.api.Test;

import java.util.List;

class TargetsViewModelTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final RecordingDesk desk = new RecordingDesk();
    private final LiveCluster cluster = connected();
    private final TargetsViewModel targets =
            new TargetsViewModel(
                    cluster, fixture.admin, fixture.background, desk, () -> List.of("catalog"));

    @Test
    void puttingATargetOfflineWantsItsNameInAProtectedCluster() {
        targets.set(targets.rows().getFirst(), Target.AdminState.OFFLINE);

        assertThat(desk.questions.getFirst().dangerous()).isTrue();
        assertThat(desk.questions.getFirst().typed()).isEqualTo("t1");
        assertThat(state(0)).isEqualTo(Target.AdminState.OFFLINE);
    }

    @Test
    void aDrainCanBeUndone() {
        targets.set(targets.rows().getFirst(), Target.AdminState.DRAIN);
        assertThat(state(0)).isEqualTo(Target.AdminState.DRAIN);
        assertThat(desk.notices.getFirst().text())
                .isEqualTo("catalog: target t1 is set to Draining");

        var undo = desk.notices.getFirst().offer();
        assertThat(undo).isNotNull();
        if (undo != null) {
            undo.act().run();
        }
        assertThat(state(0)).isEqualTo(Target.AdminState.ENABLED);
    }

    @Test
    void enablingAsksNothing() {
        targets.set(targets.rows().get(1), Target.AdminState.ENABLED);

        assertThat(desk.questions).isEmpty();
        assertThat(state(1)).isEqualTo(Target.AdminState.ENABLED);
    }

    @Test
    void openingAGroupAndReadingItBackChangesNothing() {
        for (var group : cluster.configuration().targetGroups().values()) {
            var read = GroupForm.CODEC.read(GroupForm.CODEC.form(group), group.labels());
            assertThat(read.problems()).isEmpty();
            assertThat(read.draft()).isEqualTo(group.draft());
        }
    }

    private Target.AdminState state(int row) {
        return targets.rows().get(row).target().adminState();
    }

    private LiveCluster connected() {
        LiveSession session =
                new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);
        session.start();
        return session.cluster("lab").orElseThrow();
    }
}
