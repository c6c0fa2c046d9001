package dev.weir.console.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.fake.RecordingDesk;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.SessionException;
import dev.weir.console.shell.Page;
import dev.weir.model.Diagnosis;
import dev.weir.model.Problem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class DiagnoseViewModelTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final RecordingDesk desk = new RecordingDesk();
    private final LiveSession session =
            new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);

    @BeforeEach
    void begin() {
        session.start();
    }

    @Test
    void startsWithTheProxyTheFirstNodeAndWhatTheOperationsSay() {
        DiagnoseViewModel model = model();

        assertThat(model.setProperty().get().name()).isEqualTo("proxy-cpu");
        assertThat(model.nodeProperty().get()).isEqualTo("node-1");
        assertThat(model.parameters())
                .containsExactly(
                        new DiagnoseViewModel.Parameter(
                                "profile", "cpu", List.of("", "cpu", "heap")),
                        new DiagnoseViewModel.Parameter("seconds", "10", List.of()));
        assertThat(model.credentials()).containsExactly("", "cart-program");
        assertThat(model.problems()).isEmpty();

        choose(model, "proxy-deep");
        assertThat(model.parameters().getFirst().usual()).as("the steps differ").isEmpty();
    }

    @Test
    void startsARunWithWhatWasTypedAndShowsIt() {
        DiagnoseViewModel model = model();
        model.typed("seconds").set(" 30 ");
        model.reasonProperty().set("p99 is high");
        boolean[] begun = {false};
        model.start(() -> begun[0] = true);

        Diagnosis run = session.diagnoses().getFirst();
        assertThat(begun[0]).isTrue();
        assertThat(run.spec())
                .isEqualTo(
                        new Diagnosis.Spec(
                                "proxy-cpu",
                                "lab",
                                "node-1",
                                "shop",
                                Map.of("seconds", "30"),
                                null,
                                "p99 is high"));
        assertThat(desk.opened).containsExactly(new Page.Run(run.id()));
    }

    @Test
    void doesNotStartWithAParameterThatCannotBe() {
        DiagnoseViewModel model = model();
        model.typed("seconds").set("301");
        assertThat(model.problems()).extracting(Problem::path).containsExactly("seconds");
        model.start(() -> {
            throw new AssertionError("began");
        });
        assertThat(session.diagnoses()).isEmpty();

        model.typed("seconds").set("");
        assertThat(model.problems()).isEmpty();
    }

    @Test
    void aGoProgramNeedsItsAddress() {
        DiagnoseViewModel model = model();
        choose(model, "go-profile");
        assertThat(model.problems()).extracting(Problem::path).containsExactly("url");

        model.typed("url").set("https://10.0.0.7:6060");
        model.credentialProperty().set("cart-program");
        assertThat(model.problems()).isEmpty();
        model.start(() -> {});
        assertThat(session.diagnoses().getFirst().spec().credential()).isEqualTo("cart-program");
    }

    @Test
    void saysWhyTheServerRefuses() {
        DiagnoseViewModel model = model();
        fixture.admin.breakWith(
                new SessionException(
                        SessionException.Reason.INVALID,
                        "diagnosis: node node-1 has no agent; join it",
                        List.of(new Problem("node", "has no agent"))));
        model.start(() -> {});

        assertThat(model.failureProperty().get()).contains("has no agent; join it");
        assertThat(model.problems()).extracting(Problem::path).containsExactly("node");
        assertThat(model.busyProperty().get()).isFalse();
    }

    private static void choose(DiagnoseViewModel model, String name) {
        model.setProperty()
                .set(
                        model.sets().stream()
                                .filter(it -> it.name().equals(name))
                                .findFirst()
                                .orElseThrow());
    }

    private DiagnoseViewModel model() {
        return new DiagnoseViewModel(
                session, session.cluster("lab").orElseThrow(), "shop", fixture.background, desk);
    }
}
