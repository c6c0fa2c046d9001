package dev.weir.console.cluster;

import dev.weir.api.RevisionSummary;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.Refusal;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Desk.Question;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;

import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;

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
    private final InvalidationListener changed = _ -> follow();
    private final ReadOnlyObjectWrapper<@Nullable Plan> plan = new ReadOnlyObjectWrapper<>();
    private final StringProperty comment = new SimpleStringProperty("");
    private Background.Job reading = Background.Job.NONE;
    private Background.Job planning = Background.Job.NONE;

    /// What rolling back to a revision would change.
    public record Plan(long target, List<FieldChange> changes) {
        public Plan {
            changes = List.copyOf(changes);
        }
    }

    public HistoryViewModel(
            LiveCluster cluster, AdminSession admin, Background background, Desk desk) {
        this.cluster = cluster;
        this.admin = admin;
        this.background = background;
        this.desk = desk;
        cluster.configurationProperty().addListener(changed);
        selected.addListener((_, _, revision) -> {
            back();
            read(revision);
        });
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

    /// What rolling back would change, while it is reviewed; null else.
    public ReadOnlyObjectProperty<@Nullable Plan> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /// Why the cluster is rolled back, kept with the revision.
    public StringProperty commentProperty() {
        return comment;
    }

    /// Whether there is a revision to go back to.
    public boolean canRollBack() {
        RevisionSummary target = selected.get();
        return target != null && target.number() != cluster.configuration().revision();
    }

    /// Goes one step on: to the review, from there to the nodes.
    public void goOn() {
        if (plan.get() == null) {
            review();
        } else {
            apply();
        }
    }

    /// Asks the server what making the cluster what it was at the selected revision would change.
    public void review() {
        RevisionSummary target = selected.get();
        if (target == null || !canRollBack()) {
            return;
        }
        failure.set("");
        planning.cancel();
        planning =
                background.run(
                        () -> admin.planRollback(cluster.name(), target.number()),
                        found -> plan.set(new Plan(target.number(), found)),
                        why -> failure.set(Refusal.words(why, desk.messages())));
    }

    /// Goes back from the review to the history.
    public void back() {
        planning.cancel();
        plan.set(null);
    }

    /// Does what was reviewed; in a protected cluster after its typed name.
    public void apply() {
        Plan reviewed = plan.get();
        if (reviewed == null || reviewed.changes().isEmpty()) {
            return;
        }
        Messages messages = desk.messages();
        String number = Long.toString(reviewed.target());
        if (cluster.isProtected()) {
            desk.ask(
                    new Question(
                            messages.text("history.rollback.title", number),
                            messages.text("history.rollback.text", cluster.name(), number),
                            messages.text("history.rollback"),
                            true,
                            cluster.name()),
                    () -> rollBack(reviewed.target()));
        } else {
            rollBack(reviewed.target());
        }
    }

    private void rollBack(long target) {
        Messages messages = desk.messages();
        long before = cluster.configuration().revision();
        String number = Long.toString(target);
        String typed = comment.get().strip();
        String why = typed.isEmpty() ? messages.text("history.rollback.comment", number) : typed;
        background.run(
                () -> admin.rollback(cluster.name(), target, null, why),
                made -> {
                    comment.set("");
                    back();
                    desk.tell(
                            new Notice(
                                    Notice.Tone.DONE,
                                    messages.text(
                                            "history.rolled-back", number, Long.toString(made)),
                                    new Notice.Offer(
                                            messages.text("action.undo"), () -> rollBack(before))));
                },
                wrong -> desk.tell(Notice.failed(wrong, desk.messages())));
    }

    public void close() {
        reading.cancel();
        planning.cancel();
        cluster.configurationProperty().removeListener(changed);
    }

    /// A plan is of the configuration that it was made for.
    private void follow() {
        back();
        load();
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
                why -> failure.set(Refusal.words(why, desk.messages())));
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
                        why -> failure.set(Refusal.words(why, desk.messages())));
    }
}
