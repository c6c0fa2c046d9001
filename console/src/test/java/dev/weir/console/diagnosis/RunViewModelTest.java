package dev.weir.console.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.fake.FakeAdmin;
import dev.weir.console.fake.RecordingDesk;
import dev.weir.console.fake.SampleRuns;
import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Page;
import dev.weir.model.Diagnosis;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class RunViewModelTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final RecordingDesk desk = new RecordingDesk();
    private final LiveSession session =
            new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);

    @BeforeEach
    void begin() {
        session.start();
        SampleRuns.addTo(fixture.admin);
    }

    @Test
    void offersTheNewestHealthyRunOfTheSameServerAndOperation() {
        RunViewModel model = model();
        Diagnosis.Step cpu = run(model).status().steps().getFirst();
        Diagnosis.Artifact artifact = cpu.artifacts().getFirst();

        Baseline baseline = model.baseline(cpu, artifact).orElseThrow();
        assertThat(baseline.artifact().sha256()).isEqualTo(SampleRuns.BEFORE);
        model.compare(artifact, baseline);
        assertThat(desk.opened)
                .containsExactly(
                        new Page.Comparison(SampleRuns.RUNNING, SampleRuns.NOW, SampleRuns.BEFORE));
        Diagnosis.Step heap = run(model).status().steps().get(1);
        assertThat(model.baseline(heap, artifact)).as("another operation").isEmpty();
    }

    @Test
    void followsTheRunLive() {
        RunViewModel model = model();
        assertThat(run(model).status().phase()).isEqualTo(Diagnosis.Phase.RUNNING);

        fixture.admin.put(
                FakeAdmin.run(
                        SampleRuns.RUNNING,
                        Diagnosis.Phase.SUCCEEDED,
                        List.of(),
                        Duration.ofSeconds(14)));
        assertThat(run(model).status().phase()).isEqualTo(Diagnosis.Phase.SUCCEEDED);
    }

    @Test
    void cancelsAndStartsAgain() {
        RunViewModel model = model();
        model.cancel();
        assertThat(run(model).status().cancelRequested()).isTrue();

        model.again();
        assertThat(desk.opened).hasSize(1);
        assertThat(session.diagnoses()).hasSize(4);
    }

    private RunViewModel model() {
        return new RunViewModel(session, SampleRuns.RUNNING, fixture.background, desk);
    }

    private static Diagnosis run(RunViewModel model) {
        Diagnosis run = model.runProperty().get();
        if (run == null) {
            throw new AssertionError("the run is unknown");
        }
        return run;
    }
}
