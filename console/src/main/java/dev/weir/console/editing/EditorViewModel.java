package dev.weir.console.editing;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.SessionException;
import dev.weir.console.task.Background;
import dev.weir.console.text.Failure;
import dev.weir.model.Change;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
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
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// One resource being edited: fields, problems, review, apply, progress and undo.
///
/// Confined to the user interface's thread.
///
/// @param <F> what the fields hold
public final class EditorViewModel<F> {
    private static final int REMEMBERED = 200;

    private final Kind kind;
    private final LiveCluster cluster;
    private final AdminSession admin;
    private final Background background;
    private final FormCodec<F> codec;
    private final F blank;
    private final ReadOnlyObjectWrapper<@Nullable Resource<?>> base = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<F> form;
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.EDITING);
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper overtaken = new ReadOnlyBooleanWrapper();
    private final ReadOnlyLongWrapper applied = new ReadOnlyLongWrapper();
    private final ObservableList<Problem> problems = FXCollections.observableArrayList();
    private final ObservableList<FieldChange> changes = FXCollections.observableArrayList();
    private final Deque<F> history = new ArrayDeque<>();
    private final InvalidationListener changed = _ -> follow();
    private List<Problem> fromServer = List.of();
    private String lastField = "";
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
        this.codec = codec;
        this.cluster = cluster;
        this.admin = admin;
        this.background = background;
        this.base.set(resource);
        this.form = new ReadOnlyObjectWrapper<>(original());
        cluster.configurationProperty().addListener(changed);
        cluster.rolloutProperty().addListener(changed);
        judge();
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

    public ReadOnlyObjectProperty<F> formProperty() {
        return form.getReadOnlyProperty();
    }

    public F form() {
        return form.get();
    }

    /// Whether there is anything to save.
    public ReadOnlyBooleanProperty dirtyProperty() {
        return dirty.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /// Why the last review or apply failed, in the server's words; empty where it did not.
    public ReadOnlyStringProperty failureProperty() {
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
        F now = form.get();
        F next = change.apply(now);
        if (next.equals(now)) {
            return;
        }
        if (!field.equals(lastField) || history.isEmpty()) {
            history.push(now);
            if (history.size() > REMEMBERED) {
                history.removeLast();
            }
        }
        lastField = field;
        show(next);
    }

    /// Takes the last change back; answers whether there was one.
    public boolean undo() {
        if (history.isEmpty()) {
            return false;
        }
        lastField = "";
        show(history.pop());
        return true;
    }

    /// Forgets every unsaved change and shows what is declared now.
    public void reset() {
        Resource<?> known = base.get();
        if (known != null) {
            base.set(cluster.find(kind, known.name()).<Resource<?>>map(it -> it).orElse(null));
        }
        history.clear();
        lastField = "";
        overtaken.set(false);
        show(original());
    }

    /// Asks the server what would change.
    public void review() {
        if (!local().isEmpty() || !dirty.get()) {
            return;
        }
        Draft<?> draft = read().draft();
        long basedOn = basedOn();
        stage.set(Stage.REVIEWING);
        failure.set("");
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
    public void apply(String comment) {
        Draft<?> draft = read().draft();
        long basedOn = basedOn();
        beforeApplied = cluster.configuration().revision();
        stage.set(Stage.APPLYING);
        failure.set("");
        background.run(
                () -> admin.save(cluster.name(), draft, basedOn, comment),
                revision -> {
                    applied.set(revision);
                    history.clear();
                    lastField = "";
                    stage.set(Stage.APPLIED);
                    cluster.find(kind, draft.name())
                            .filter(it -> it.metadata().revision() >= revision)
                            .ifPresentOrElse(this::settle, () -> settle(stored(draft, revision)));
                },
                this::refused);
    }

    /// Takes the last apply back: the resource becomes what it was before.
    public void rollBack(String comment) {
        Reference resource = new Reference(kind, read().draft().name());
        long target = beforeApplied;
        stage.set(Stage.APPLYING);
        failure.set("");
        background.run(
                () -> admin.rollback(cluster.name(), target, resource, comment),
                revision -> {
                    applied.set(0);
                    history.clear();
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
        failure.set(Failure.words(why));
        if (why instanceof SessionException session) {
            fromServer = session.problems();
            overtaken.set(session.reason() == SessionException.Reason.CONFLICT);
        }
        judge();
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
        judge();
    }

    private void settle(Resource<?> resource) {
        base.set(resource);
        overtaken.set(false);
        fromServer = List.of();
        form.set(codec.form(resource));
        dirty.set(false);
        judge();
    }

    private Resource<?> stored(Draft<?> draft, long revision) {
        Resource<?> known = base.get();
        Metadata old =
                known == null
                        ? new Metadata(
                                new UUID(0, 0), 1, revision, Instant.EPOCH, "", Instant.EPOCH, "")
                        : known.metadata();
        return Resource.of(
                draft,
                new Metadata(
                        old.id(),
                        old.index(),
                        revision,
                        old.createdAt(),
                        old.createdBy(),
                        old.updatedAt(),
                        old.updatedBy()));
    }

    private void show(F next) {
        form.set(next);
        dirty.set(!next.equals(original()));
        fromServer = List.of();
        failure.set("");
        if (stage.get() != Stage.EDITING) {
            stage.set(Stage.EDITING);
        }
        judge();
    }

    private F original() {
        Resource<?> resource = base.get();
        return resource == null ? blank : codec.form(resource);
    }

    private long basedOn() {
        Resource<?> resource = base.get();
        return resource == null ? 0 : resource.metadata().revision();
    }

    private FormCodec.Reading read() {
        Resource<?> resource = base.get();
        return codec.read(form.get(), resource == null ? Map.of() : resource.labels());
    }

    private void judge() {
        List<Problem> found = new ArrayList<>(local());
        found.addAll(fromServer);
        if (!dirty.get()) {
            Resource<?> resource = base.get();
            if (resource != null) {
                cluster.rejections(kind, resource.name())
                        .forEach(it ->
                                found.add(
                                        new Problem(
                                                it.rejection().field(),
                                                it.node() + ": " + it.rejection().message())));
            }
        }
        problems.setAll(found.stream().distinct().toList());
    }

    /// Problems that need no server; one for each path, the typed text's first.
    private List<Problem> local() {
        if (isNew() && !dirty.get()) {
            return List.of();
        }
        FormCodec.Reading reading = read();
        List<Problem> all = new ArrayList<>(reading.problems());
        all.addAll(reading.draft().problems());
        Reference reference = new Reference(kind, reading.draft().name());
        if (all.isEmpty()) {
            all.addAll(
                    cluster.configuration()
                            .with(
                                    List.of(
                                            new Change(
                                                    kind,
                                                    reading.draft().name(),
                                                    null,
                                                    stored(reading.draft(), 1))),
                                    1)
                            .problems()
                            .getOrDefault(reference, List.of()));
            if (isNew() && cluster.find(kind, reading.draft().name()).isPresent()) {
                all.add(
                        new Problem(
                                "name",
                                "'" + reading.draft().name() + "' is taken; choose another"));
            }
        }
        return List.copyOf(
                all.stream()
                        .collect(
                                Collectors.toMap(
                                        Problem::path,
                                        it -> it,
                                        (first, _) -> first,
                                        LinkedHashMap::new))
                        .values());
    }
}
