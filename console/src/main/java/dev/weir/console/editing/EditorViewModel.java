package dev.weir.console.editing;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.SessionException;
import dev.weir.console.task.Background;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One resource being edited: fields, problems, review, apply, progress and undo.
///
/// Confined to the user interface's thread.
///
/// @param <F> what the fields hold
public final class EditorViewModel<F> {
    private final Kind kind;
    private final LiveCluster cluster;
    private final AdminSession admin;
    private final Background background;
    private final DraftJudge<F> judge;
    private final F blank;
    private final ReadOnlyObjectWrapper<@Nullable Resource<?>> base = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Typed<F>> typed;
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.EDITING);
    private final ReadOnlyObjectWrapper<@Nullable Exception> failure =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper overtaken = new ReadOnlyBooleanWrapper();
    private final ReadOnlyLongWrapper applied = new ReadOnlyLongWrapper();
    private final StringProperty comment = new SimpleStringProperty("");
    private final ObservableList<Problem> problems = FXCollections.observableArrayList();
    private final ObservableList<FieldChange> changes = FXCollections.observableArrayList();
    private final EditHistory<Typed<F>> history = new EditHistory<>();
    private final InvalidationListener changed = _ -> follow();
    private List<Problem> fromServer = List.of();
    private long beforeApplied;

    /// Where the edit is.
    public enum Stage {
        EDITING,
        REVIEWING,
        REVIEWED,
        APPLYING,
        APPLIED
    }

    /// Begins to edit.
    ///
    /// @param resource to be edited, or null for a new one that begins as `blank`
    public EditorViewModel(
            Kind kind,
            @Nullable Resource<?> resource,
            F blank,
            FormCodec<F> codec,
            LiveCluster cluster,
            AdminSession admin,
            Background background) {
        this.kind = kind;
        this.blank = blank;
        this.judge = new DraftJudge<>(kind, codec, cluster);
        this.cluster = cluster;
        this.admin = admin;
        this.background = background;
        this.base.set(resource);
        this.typed = new ReadOnlyObjectWrapper<>(original());
        cluster.configurationProperty().addListener(changed);
        cluster.rolloutProperty().addListener(changed);
        judgeAgain();
    }

    public LiveCluster cluster() {
        return cluster;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether the resource does not exist yet.
    public boolean isNew() {
        return base.get() == null;
    }

    /// The resource that is edited, or null while it is new.
    public ReadOnlyObjectProperty<@Nullable Resource<?>> baseProperty() {
        return base.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Typed<F>> typedProperty() {
        return typed.getReadOnlyProperty();
    }

    public F form() {
        return typed.get().form();
    }

    public String labels() {
        return typed.get().labels();
    }

    /// The name as it is typed.
    public String name() {
        return read().draft().name();
    }

    /// Whether there is anything to save.
    public ReadOnlyBooleanProperty dirtyProperty() {
        return dirty.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /// Why the last review or apply failed, or null where it did not.
    public ReadOnlyObjectProperty<@Nullable Exception> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /// Whether someone else changed the resource under an unsaved edit.
    public ReadOnlyBooleanProperty overtakenProperty() {
        return overtaken.getReadOnlyProperty();
    }

    /// The revision that the last apply made, 0 before the first.
    public ReadOnlyLongProperty appliedProperty() {
        return applied.getReadOnlyProperty();
    }

    /// Why this change, kept with the revision.
    public StringProperty commentProperty() {
        return comment;
    }

    /// Whether there is anything to see here but what is declared.
    public boolean isUnderWay() {
        return dirty.get() || stage.get() != Stage.EDITING;
    }

    /// What is wrong, by field: typed text, the document, references, the server, and nodes.
    public ObservableList<Problem> problems() {
        return problems;
    }

    /// What the review found.
    public ObservableList<FieldChange> changes() {
        return changes;
    }

    /// Changes the form. Consecutive changes of one field are undone together.
    public void edit(String field, UnaryOperator<F> change) {
        Typed<F> now = typed.get();
        change(field, now.withForm(change.apply(now.form())));
    }

    /// Changes the labels.
    public void editLabels(String text) {
        change("labels", typed.get().withLabels(text));
    }

    private void change(String field, Typed<F> next) {
        if (!next.equals(typed.get())) {
            history.changing(field, typed.get());
            show(next);
        }
    }

    /// Takes the last change back; answers whether there was one.
    public boolean undo() {
        Optional<Typed<F>> before = history.back();
        before.ifPresent(this::show);
        return before.isPresent();
    }

    /// Forgets every unsaved change and shows what is declared now.
    public void reset() {
        Resource<?> known = base.get();
        if (known != null) {
            base.set(cluster.find(kind, known.name()).<Resource<?>>map(it -> it).orElse(null));
        }
        history.forget();
        overtaken.set(false);
        show(original());
    }

    /// Goes one step on: from the fields to the review, from the review to the nodes.
    public void goOn() {
        switch (stage.get()) {
            case EDITING, APPLIED -> review();
            case REVIEWED -> apply();
            case REVIEWING, APPLYING -> {}
        }
    }

    /// Asks the server what would change.
    public void review() {
        if (!local().isEmpty() || !dirty.get()) {
            return;
        }
        Draft<?> draft = read().draft();
        long basedOn = basedOn();
        stage.set(Stage.REVIEWING);
        failure.set(null);
        background.run(
                () -> admin.plan(cluster.name(), draft, basedOn),
                found -> {
                    changes.setAll(found);
                    stage.set(Stage.REVIEWED);
                },
                this::refused);
    }

    /// Goes back from the review to the fields.
    public void backToEditing() {
        stage.set(Stage.EDITING);
    }

    /// Saves what was reviewed.
    public void apply() {
        String why = comment.get().strip();
        Draft<?> draft = read().draft();
        long basedOn = basedOn();
        beforeApplied = cluster.configuration().revision();
        stage.set(Stage.APPLYING);
        failure.set(null);
        background.run(
                () -> admin.save(cluster.name(), draft, basedOn, why),
                revision -> {
                    applied.set(revision);
                    history.forget();
                    comment.set("");
                    stage.set(Stage.APPLIED);
                    cluster.find(kind, draft.name())
                            .filter(it -> it.metadata().revision() >= revision)
                            .ifPresentOrElse(
                                    this::settle,
                                    () -> settle(judge.stored(draft, base.get(), revision)));
                },
                this::refused);
    }

    /// Takes the last apply back: the resource becomes what it was before.
    public void rollBack(String why) {
        Reference resource = new Reference(kind, name());
        long target = beforeApplied;
        stage.set(Stage.APPLYING);
        failure.set(null);
        background.run(
                () -> admin.rollback(cluster.name(), target, resource, why),
                revision -> {
                    applied.set(0);
                    stage.set(Stage.EDITING);
                    reset();
                },
                this::refused);
    }

    /// Whether the last apply can be taken back.
    public boolean canRollBack() {
        return applied.get() > 0 && !dirty.get();
    }

    public void close() {
        cluster.configurationProperty().removeListener(changed);
        cluster.rolloutProperty().removeListener(changed);
    }

    private void refused(Exception why) {
        stage.set(Stage.EDITING);
        failure.set(why);
        if (why instanceof SessionException session) {
            fromServer = session.problems();
            overtaken.set(session.reason() == SessionException.Reason.CONFLICT);
        }
        judgeAgain();
    }

    /// A newer state of the resource replaces an untouched form, and is told where it would be
    /// lost.
    private void follow() {
        Resource<?> known = base.get();
        if (known != null) {
            cluster.find(kind, known.name())
                    .filter(it -> it.metadata().revision() > known.metadata().revision())
                    .ifPresent(newer -> {
                        if (dirty.get()) {
                            overtaken.set(true);
                        } else {
                            settle(newer);
                        }
                    });
        }
        judgeAgain();
    }

    private void settle(Resource<?> resource) {
        base.set(resource);
        overtaken.set(false);
        fromServer = List.of();
        typed.set(original());
        dirty.set(false);
        judgeAgain();
    }

    private void show(Typed<F> next) {
        typed.set(next);
        dirty.set(!next.equals(original()));
        fromServer = List.of();
        failure.set(null);
        if (stage.get() != Stage.EDITING) {
            stage.set(Stage.EDITING);
        }
        judgeAgain();
    }

    private Typed<F> original() {
        return judge.typed(base.get(), blank);
    }

    private long basedOn() {
        Resource<?> resource = base.get();
        return resource == null ? 0 : resource.metadata().revision();
    }

    private FormCodec.Reading read() {
        return judge.read(typed.get(), base.get());
    }

    private void judgeAgain() {
        List<Problem> found = new ArrayList<>(local());
        found.addAll(fromServer);
        Resource<?> resource = base.get();
        if (!dirty.get() && resource != null) {
            found.addAll(judge.refused(resource));
        }
        problems.setAll(found.stream().distinct().toList());
    }

    /// Problems that need no server; a new resource has none before the first letter.
    private List<Problem> local() {
        return isNew() && !dirty.get() ? List.of() : judge.problems(read(), base.get());
    }
}
