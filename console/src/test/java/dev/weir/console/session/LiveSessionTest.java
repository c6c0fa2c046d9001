package dev.weir.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.fake.FakeAdmin;
import dev.weir.console.fake.SampleRuns;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import org.junit.jupiter.api.Test;

import java.util.List;

class LiveSessionTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final LiveSession session =
            new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);

    @Test
    void readsEverythingOnceTheStreamIsOpen() {
        session.start();

        assertThat(session.stateProperty().get()).isEqualTo(LiveSession.State.CONNECTED);
        assertThat(session.cluster("lab")).isPresent();
    }

    @Test
    void comesBackByItselfWithGrowingWaits() {
        session.start();
        SessionException away =
                new SessionException(SessionException.Reason.UNREACHABLE, "refused", List.of());
        fixture.admin.breakWith(away);

        assertThat(session.stateProperty().get()).isEqualTo(LiveSession.State.RECONNECTING);
        assertThat(session.secondsToRetryProperty().get()).isEqualTo(1);
        assertThat(session.troubleProperty().get()).isEqualTo("refused");
        assertThat(session.clusters()).as("what was known stays").hasSize(1);
        fixture.pass(1);
        assertThat(session.secondsToRetryProperty().get()).isEqualTo(2);
        fixture.pass(2);
        assertThat(session.secondsToRetryProperty().get()).isEqualTo(4);

        fixture.admin.breakWith(null);
        fixture.pass(4);
        assertThat(session.stateProperty().get()).isEqualTo(LiveSession.State.CONNECTED);
        assertThat(session.troubleProperty().get()).isEmpty();
    }

    @Test
    void tellsWhichResourceANodeRefuses() {
        session.start();
        LiveCluster lab = session.cluster("lab").orElseThrow();
        fixture.admin.roll(
                FakeAdmin.rejected(
                        41, new Reference(Kind.VIRTUAL_SERVER, "shop"), "spec.port", "in use"));

        assertThat(lab.state(lab.find(Kind.VIRTUAL_SERVER, "shop").orElseThrow()))
                .isEqualTo(ProvisioningState.REJECTED);
        assertThat(lab.state(lab.find(Kind.VIRTUAL_SERVER, "pay").orElseThrow()))
                .isEqualTo(ProvisioningState.APPLIED);
        assertThat(lab.state(lab.find(Kind.VIRTUAL_SERVER, "legacy").orElseThrow()))
                .isEqualTo(ProvisioningState.DISABLED);
    }

    @Test
    void keepsTheNewestStateOfARun() {
        session.start();
        SampleRuns.addTo(fixture.admin);

        assertThat(session.diagnoses()).hasSize(3);
        assertThat(session.diagnosis(SampleRuns.RUNNING)).isPresent();
    }
}
