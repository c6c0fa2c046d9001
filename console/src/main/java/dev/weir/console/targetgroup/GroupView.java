package dev.weir.console.targetgroup;

import dev.weir.console.editing.Deletion;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The page of one target group: its targets, or the editor; for a new one the editor alone.
public final class GroupView implements PageView {
    private final EditorViewModel<GroupForm> editor;
    private final @Nullable TargetsViewModel targets;
    private final Deletion deletion;
    private final Desk desk;
    private final Messages messages;
    private final GroupFields fields;
    private final FlowPane users = new FlowPane(8, 4);
    private final ToggleButton live;
    private final ToggleButton configuration;
    private final VBox content;
    private final InvalidationListener changed = _ -> show();

    /// Shows an existing group with its targets, or a new one where `targets` is null.
    public GroupView(
            EditorViewModel<GroupForm> editor,
            @Nullable TargetsViewModel targets,
            Deletion deletion,
            Desk desk) {
        this.editor = editor;
        this.targets = targets;
        this.deletion = deletion;
        this.desk = desk;
        this.messages = desk.messages();
        fields = new GroupFields(editor, messages);
        live = new ToggleButton(messages.text("targets.title"));
        live.getStyleClass().add("left-pill");
        configuration = new ToggleButton();
        configuration.getStyleClass().add("right-pill");
        configuration.setId("configuration");
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(live, configuration);
        group.selectToggle(targets == null ? configuration : live);
        group.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null) {
                        group.selectToggle(before);
                    }
                });
        StackPane middle = new StackPane(fields.node());
        fields.node().visibleProperty().bind(configuration.selectedProperty());
        VBox.setVgrow(middle, Priority.ALWAYS);
        HBox head =
                Boxes.row(
                        8,
                        Icons.TARGET_GROUP.draw("title-icon"),
                        Boxes.label(
                                targets == null
                                        ? messages.text("page.new-target-group")
                                        : editor.form().name(),
                                "page-title"),
                        Boxes.spring());
        if (targets != null) {
            Button delete =
                    Buttons.danger(Icons.DELETE, messages.text("server.delete"), this::delete);
            delete.setId("delete");
            head.getChildren().addAll(new HBox(live, configuration), delete);
            Node overview = overview(targets);
            overview.visibleProperty().bind(live.selectedProperty());
            middle.getChildren().add(overview);
        }
        content = Boxes.column(12, head, middle);
        content.getStyleClass().add("page");
        editor.dirtyProperty().addListener(changed);
        editor.appliedProperty().addListener(changed);
        editor.cluster().configurationProperty().addListener(changed);
        show();
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        actions.add(action("action.edit", "Shortcut+E", () -> configuration.setSelected(true)));
        actions.add(action("action.save", "Shortcut+S", this::save));
        actions.add(action("action.undo-change", "Shortcut+Z", editor::undo));
        if (targets != null) {
            actions.add(action("server.delete", null, this::delete));
        }
        return actions;
    }

    @Override
    public void close() {
        editor.cluster().configurationProperty().removeListener(changed);
        fields.close();
        editor.close();
        if (targets != null) {
            targets.close();
        }
    }

    private Action action(String key, @Nullable String shortcut, Runnable run) {
        return new Action(key, messages.text(key), shortcut, run);
    }

    private void save() {
        switch (editor.stageProperty().get()) {
            case EDITING, APPLIED -> {
                configuration.setSelected(true);
                editor.review();
            }
            case REVIEWED -> editor.apply("");
            case REVIEWING, APPLYING -> {}
        }
    }

    private Node overview(TargetsViewModel model) {
        TableView<TargetsViewModel.Row> table = TargetTable.of(model, messages, false);
        VBox panel = Boxes.panel(messages.text("targets.title"), table);
        VBox.setVgrow(panel, Priority.ALWAYS);
        users.getStyleClass().add("panel-body");
        VBox box =
                Boxes.column(12, panel, Boxes.panel(messages.text("certificate.used-by"), users));
        box.getStyleClass().add("overview");
        return box;
    }

    private void show() {
        configuration.setText(
                messages.text(
                        editor.dirtyProperty().get()
                                ? "server.configuration.unsaved"
                                : "server.configuration"));
        String name = editor.form().name();
        if (targets == null
                && editor.appliedProperty().get() > 0
                && editor.cluster().find(Kind.TARGET_GROUP, name).isPresent()) {
            desk.open(new Page.Group(editor.cluster().name(), name));
            desk.close(new Page.NewGroup(editor.cluster().name()));
            return;
        }
        showUsers(name);
    }

    private void delete() {
        String name = editor.form().name();
        editor.cluster()
                .find(Kind.TARGET_GROUP, name)
                .ifPresent(it ->
                        deletion.ask(
                                it, usersOf(name), new Page.Group(editor.cluster().name(), name)));
    }

    private List<String> usersOf(String name) {
        return editor.cluster().configuration().usersOf(new Reference(Kind.TARGET_GROUP, name));
    }

    private void showUsers(String name) {
        List<Hyperlink> links = usersOf(name).stream().map(this::link).toList();
        users.getChildren().setAll(links);
        if (links.isEmpty()) {
            users.getChildren().add(Boxes.label(messages.text("certificate.unused"), "muted"));
        }
    }

    private Hyperlink link(String server) {
        Hyperlink link = new Hyperlink(server);
        link.setGraphic(Icons.VIRTUAL_SERVER.draw("tree-icon"));
        link.setOnAction(_ -> desk.open(new Page.Server(editor.cluster().name(), server)));
        return link;
    }
}
