package dev.weir.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.api.RevisionSummary;
import dev.weir.console.ConsoleFixture;
import dev.weir.console.fake.RecordingDesk;
import dev.weir.console.fake.Samples;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.SessionException;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.model.Draft;
import dev.weir.model.VirtualServer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Objects;

class HistoryViewModelTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final RecordingDesk desk = new RecordingDesk();
    private final LiveSession session =
            new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);

    @BeforeEach
    void begin() {
        session.start();
    }

    @Test
    void showsTheNewestRevisionFirstAndWhatItChanged() {
        HistoryViewModel model = model();

        assertThat(model.revisions()).extracting(RevisionSummary::number).startsWith(41L, 40L);
        assertThat(selected(model)).isEqualTo(41);
        assertThat(model.changes()).isNotEmpty();
        assertThat(model.failureProperty().get()).isEmpty();
    }

    @Test
    void followsWhatOthersDoAndKeepsWhatIsSelected() throws Exception {
        HistoryViewModel model = model();
        model.selectedProperty().set(model.revisions().getLast());
        fixture.admin.edit(moved(8099));

        assertThat(model.revisions().getFirst().number()).isEqualTo(42);
        assertThat(selected(model)).isEqualTo(40);
    }

    @Test
    void rollsBackAfterTheNameOfAProtectedClusterAndOffersTheWayBack() throws Exception {
        HistoryViewModel model = model();
        fixture.admin.edit(moved(8099));
        model.selectedProperty()
                .set(
                        model.revisions().stream()
                                .filter(it -> it.number() == 41)
                                .findFirst()
                                .orElseThrow());
        model.goOn();
        HistoryViewModel.Plan plan = Objects.requireNonNull(model.planProperty().get());
        assertThat(plan.target()).isEqualTo(41);
        assertThat(plan.changes())
                .extracting(FieldChange::path, FieldChange::before, FieldChange::after)
                .containsExactly(tuple("spec.port", "8099", "8080"));
        assertThat(shop().port()).as("nothing is done yet").isEqualTo(8099);
        model.goOn();

        assertThat(model.planProperty().get()).isNull();
        assertThat(desk.questions.getFirst().typed()).isEqualTo("lab");
        assertThat(desk.questions.getFirst().dangerous()).isTrue();
        assertThat(shop().port()).isEqualTo(8080);
        Notice notice = desk.notices.getFirst();
        assertThat(notice.tone()).isEqualTo(Notice.Tone.DONE);
        Objects.requireNonNull(notice.offer()).act().run();
        assertThat(shop().port()).as("undone").isEqualTo(8099);
    }

    @Test
    void aPlanOfAnOlderConfigurationIsDropped() throws Exception {
        HistoryViewModel model = model();
        fixture.admin.edit(moved(8099));
        model.selectedProperty().set(model.revisions().get(1));
        model.review();
        assertThat(model.planProperty().get()).isNotNull();

        fixture.admin.edit(moved(8100));
        assertThat(model.planProperty().get()).isNull();
        model.apply();
        assertThat(shop().port()).isEqualTo(8100);
    }

    @Test
    void theNewestRevisionIsNoneToGoBackTo() {
        HistoryViewModel model = model();
        model.review();

        assertThat(model.canRollBack()).isFalse();
        assertThat(model.planProperty().get()).isNull();
    }

    @Test
    void saysWhyTheHistoryCannotBeRead() {
        fixture.admin.breakWith(
                new SessionException(
                        SessionException.Reason.FORBIDDEN, "cluster lab: is not yours", List.of()));

        assertThat(model().failureProperty().get())
                .isEqualTo("Your role does not allow this\ncluster lab: is not yours");
    }

    private static Draft<VirtualServer> moved(int port) {
        VirtualServer shop = Samples.shop();
        return new Draft<>(
                "shop",
                "",
                Map.of(),
                new VirtualServer(
                        shop.address(),
                        port,
                        shop.protocol(),
                        shop.adminState(),
                        shop.hostnames(),
                        shop.tls(),
                        shop.rules(),
                        shop.defaultTargetGroup()));
    }

    private VirtualServer shop() {
        return Objects.requireNonNull(fixture.admin.now().virtualServers().get("shop")).spec();
    }

    private static long selected(HistoryViewModel model) {
        return Objects.requireNonNull(model.selectedProperty().get()).number();
    }

    private HistoryViewModel model() {
        return new HistoryViewModel(
                session.cluster("lab").orElseThrow(), fixture.admin, fixture.background, desk);
    }
}
