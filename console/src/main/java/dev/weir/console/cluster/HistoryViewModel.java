package dev.weir.console.cluster;

import dev.weir.api.RevisionSummary;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Desk.Question;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;

import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

/// The revisions of a cluster, what each changed, and the way back to one.
///
/// Confined to the user interface's thread.
public final class HistoryViewModel {
    private static final int SHOWN = 200;

    private final LiveCluster cluster;
    private final AdminSession admin;
    private final Background background;
    private final Desk desk;
    private final ObservableList<RevisionSummary> revisions = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable RevisionSummary> selected = new SimpleObjectProperty<>();
    private final ObservableList<FieldChange> changes = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private final InvalidationListener changed = _ -> load();
    private Background.Job reading = Background.Job.NONE;

    public HistoryViewModel(
            LiveCluster cluster, AdminSession admin, Background background, Desk desk) {
        this.cluster = cluster;
        this.admin = admin;
        this.background = background;
        this.desk = desk;
        cluster.configurationProperty().addListener(changed);
        selected.addListener((_, _, revision) -> read(revision));
        load();
    }

    public LiveCluster cluster() {
        return cluster;
    }

    /// The newest first.
    public ObservableList<RevisionSummary> revisions() {
        return revisions;
    }

    /// The revision whose changes are shown, or null.
    public ObjectProperty<@Nullable RevisionSummary> selectedProperty() {
        return selected;
    }

    /// What the selected revision changed.
    public ObservableList<FieldChange> changes() {
        return changes;
    }

    /// Why the changes cannot be read, empty where they can.
    public ReadOnlyStringProperty failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /// Makes the cluster what it was at the selected revision, after a question.
    public void rollBack() {
        RevisionSummary target = selected.get();
        if (target == null) {
            return;
        }
        Messages messages = desk.messages();
        String number = Long.toString(target.number());
        desk.ask(
                new Question(
                        messages.text("history.rollback.title", number),
                        messages.text("history.rollback.text", cluster.name(), number),
                        messages.text("history.rollback"),
                        true,
                        cluster.isProtected() ? cluster.name() : null),
                () -> rollBack(target.number()));
    }

    private void rollBack(long target) {
        Messages messages = desk.messages();
        long before = cluster.configuration().revision();
        String number = Long.toString(target);
        background.run(
                () ->
                        admin.rollback(
                                cluster.name(),
                                target,
                                null,
                                messages.text("history.rollback.comment", number)),
                made ->
                        desk.tell(
                                new Notice(
                                        Notice.Tone.DONE,
                                        messages.text(
                                                "history.rolled-back", number, Long.toString(made)),
                                        new Notice.Offer(
                                                messages.text("action.undo"),
                                                () -> rollBack(before)))),
                why ->
                        desk.tell(
                                new Notice(
                                        Notice.Tone.FAILED,
                                        String.valueOf(why.getMessage()),
                                        null)));
    }

    public void close() {
        reading.cancel();
        cluster.configurationProperty().removeListener(changed);
    }

    private void load() {
        background.run(
                () -> admin.revisions(cluster.name(), SHOWN),
                found -> {
                    RevisionSummary before = selected.get();
                    revisions.setAll(found);
                    selected.set(
                            found.stream()
                                    .filter(it -> it.equals(before))
                                    .findFirst()
                                    .orElse(found.isEmpty() ? null : found.getFirst()));
                },
                why -> failure.set(String.valueOf(why.getMessage())));
    }

    private void read(@Nullable RevisionSummary revision) {
        reading.cancel();
        changes.clear();
        failure.set("");
        if (revision == null || revision.parent() == 0) {
            return;
        }
        reading =
                background.run(
                        () -> admin.diff(cluster.name(), revision.parent(), revision.number()),
                        changes::setAll,
                        why -> failure.set(String.valueOf(why.getMessage())));
    }
}
