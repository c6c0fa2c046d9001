package dev.weir.console.diagnosis;

import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Page;
import dev.weir.console.task.Background;
import dev.weir.model.Diagnosis;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// One diagnosis run as it goes on.
///
/// Confined to the user interface's thread.
public final class RunViewModel {
    private final LiveSession session;
    private final String id;
    private final Background background;
    private final Desk desk;
    private final ReadOnlyObjectWrapper<@Nullable Diagnosis> run = new ReadOnlyObjectWrapper<>();
    private final ListChangeListener<Diagnosis> changed = _ -> show();

    public RunViewModel(LiveSession session, String id, Background background, Desk desk) {
        this.session = session;
        this.id = id;
        this.background = background;
        this.desk = desk;
        session.diagnoses().addListener(changed);
        show();
    }

    /// The newest known state, or null where the run is unknown.
    public ReadOnlyObjectProperty<@Nullable Diagnosis> runProperty() {
        return run.getReadOnlyProperty();
    }

    /// The healthy profile that an artifact of this run can be compared with.
    public Optional<Baseline> baseline(Diagnosis.Step step, Diagnosis.Artifact artifact) {
        Diagnosis now = run.get();
        return now == null
                ? Optional.empty()
                : Baseline.find(session.diagnoses(), now, step, artifact);
    }

    /// Asks the run to stop.
    public void cancel() {
        background.run(() -> session.admin().cancel(id), session::diagnosed, this::failed);
    }

    /// Starts the same diagnosis again and shows it.
    public void again() {
        Diagnosis now = run.get();
        if (now == null) {
            return;
        }
        background.run(
                () -> session.admin().start(now.spec()),
                started -> {
                    session.diagnosed(started);
                    desk.open(new Page.Run(started.id()));
                },
                this::failed);
    }

    /// Opens an artifact as a flame graph.
    public void open(Diagnosis.Artifact artifact) {
        desk.open(new Page.Profile(id, artifact.sha256()));
    }

    /// Opens an artifact against that of a healthy run.
    public void compare(Diagnosis.Artifact artifact, Baseline baseline) {
        desk.open(new Page.Comparison(id, artifact.sha256(), baseline.artifact().sha256()));
    }

    public void close() {
        session.diagnoses().removeListener(changed);
    }

    private void show() {
        run.set(session.diagnosis(id).orElse(null));
    }

    private void failed(Exception why) {
        desk.tell(Notice.failed(why, desk.messages()));
    }
}
