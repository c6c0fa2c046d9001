package dev.weir.console.targetgroup;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Desk.Question;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// The targets of some groups, put online, drained or put offline one by one.
///
/// Confined to the user interface's thread.
public final class TargetsViewModel {
    private final LiveCluster cluster;
    private final AdminSession admin;
    private final Background background;
    private final Desk desk;
    private final Supplier<? extends Collection<String>> groups;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final InvalidationListener changed = _ -> show();

    /// One target of a group.
    public record Row(String group, Target target) {}

    /// Shows the targets of the groups.
    ///
    /// @param groups names of the groups to show, asked anew with each change
    public TargetsViewModel(
            LiveCluster cluster,
            AdminSession admin,
            Background background,
            Desk desk,
            Supplier<? extends Collection<String>> groups) {
        this.cluster = cluster;
        this.admin = admin;
        this.background = background;
        this.desk = desk;
        this.groups = groups;
        cluster.configurationProperty().addListener(changed);
        show();
    }

    public ObservableList<Row> rows() {
        return rows;
    }

    /// Sets a target's state, after a question where requests could be lost by it.
    public void set(Row row, Target.AdminState state) {
        Messages messages = desk.messages();
        switch (state) {
            case ENABLED -> save(row, state);
            case DRAIN ->
                    desk.ask(
                            new Question(
                                    messages.text("target.drain.title", row.target().name()),
                                    messages.text("target.drain.text", row.group()),
                                    messages.text("target.drain"),
                                    false,
                                    null),
                            () -> save(row, state));
            case OFFLINE ->
                    desk.ask(
                            new Question(
                                    messages.text("target.offline.title", row.target().name()),
                                    messages.text("target.offline.text", row.group()),
                                    messages.text("target.offline"),
                                    true,
                                    cluster.isProtected() ? row.target().name() : null),
                            () -> save(row, state));
        }
    }

    public void close() {
        cluster.configurationProperty().removeListener(changed);
    }

    private void show() {
        List<Row> now = new ArrayList<>();
        for (String name : groups.get()) {
            Resource<TargetGroup> group = cluster.configuration().targetGroups().get(name);
            if (group != null) {
                group.spec().targets().forEach(target -> now.add(new Row(name, target)));
            }
        }
        if (!now.equals(rows)) {
            rows.setAll(now);
        }
    }

    private void save(Row row, Target.AdminState state) {
        Resource<TargetGroup> group = cluster.configuration().targetGroups().get(row.group());
        if (group == null) {
            return;
        }
        TargetGroup changedGroup =
                group.spec()
                        .withTarget(row.target().name(), target -> target.withAdminState(state));
        Draft<TargetGroup> draft =
                new Draft<>(group.name(), group.description(), group.labels(), changedGroup);
        Messages messages = desk.messages();
        String words =
                messages.text(
                        "target.done", row.group(), row.target().name(), messages.word(state));
        long before = cluster.configuration().revision();
        background.run(
                () -> admin.save(cluster.name(), draft, group.metadata().revision(), words),
                _ ->
                        desk.tell(
                                new Notice(
                                        Notice.Tone.DONE,
                                        words,
                                        new Notice.Offer(
                                                messages.text("action.undo"),
                                                () -> undo(row.group(), before, words)))),
                this::failed);
    }

    private void undo(String group, long before, String words) {
        Messages messages = desk.messages();
        background.run(
                () ->
                        admin.rollback(
                                cluster.name(),
                                before,
                                new Reference(Kind.TARGET_GROUP, group),
                                messages.text("target.undo.comment", words)),
                _ -> desk.tell(new Notice(Notice.Tone.DONE, messages.text("target.undone"), null)),
                this::failed);
    }

    private void failed(Exception why) {
        desk.tell(Notice.failed(why, desk.messages()));
    }
}
