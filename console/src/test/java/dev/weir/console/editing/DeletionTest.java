package dev.weir.console.editing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.fake.RecordingDesk;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Page;
import dev.weir.model.Kind;
import dev.weir.model.Resource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

class DeletionTest {
    private static final Page PAGE = new Page.Group("lab", "payments");

    private final ConsoleFixture fixture = new ConsoleFixture();
    private final RecordingDesk desk = new RecordingDesk();
    private final LiveSession session =
            new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);

    @BeforeEach
    void begin() {
        session.start();
    }

    @Test
    void deletesAfterTheTypedNameAndOffersTheWayBack() {
        deletion().ask(payments(), List.of(), PAGE);

        assertThat(desk.questions.getFirst().typed()).isEqualTo("payments");
        assertThat(desk.questions.getFirst().title()).isEqualTo("Delete Target group payments?");
        assertThat(fixture.admin.now().targetGroups()).doesNotContainKey("payments");

        Objects.requireNonNull(desk.notices.getFirst().offer()).act().run();
        assertThat(fixture.admin.now().targetGroups()).containsKey("payments");
        assertThat(desk.opened).containsExactly(PAGE);
    }

    @Test
    void keepsWhatIsUsedAndSaysByWhat() {
        deletion().ask(payments(), List.of("shop", "pay"), PAGE);

        assertThat(desk.questions).isEmpty();
        assertThat(desk.notices.getFirst().tone()).isEqualTo(Notice.Tone.FAILED);
        assertThat(desk.notices.getFirst().text()).contains("shop, pay");
        assertThat(fixture.admin.now().targetGroups()).containsKey("payments");
    }

    private Resource<?> payments() {
        return cluster().find(Kind.TARGET_GROUP, "payments").orElseThrow();
    }

    private LiveCluster cluster() {
        return session.cluster("lab").orElseThrow();
    }

    private Deletion deletion() {
        return new Deletion(cluster(), fixture.admin, fixture.background, desk);
    }
}
