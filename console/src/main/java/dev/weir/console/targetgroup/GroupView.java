package dev.weir.console.targetgroup;

import dev.weir.console.editing.Deletion;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.PageSides;
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
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The page of one target group: its targets, or the editor.
public final class GroupView implements PageView {
    private final EditorViewModel<GroupForm> editor;
    private final TargetsViewModel targets;
    private final Deletion deletion;
    private final Desk desk;
    private final Messages messages;
    private final PageSides sides;
    private final FlowPane users = new FlowPane(8, 4);
    private final VBox content;
    private final InvalidationListener changed = _ -> showUsers();

    public GroupView(
            EditorViewModel<GroupForm> editor,
            TargetsViewModel targets,
            Deletion deletion,
            Desk desk) {
        this.editor = editor;
        this.targets = targets;
        this.deletion = deletion;
        this.desk = desk;
        this.messages = desk.messages();
        sides =
                new PageSides(
                        messages.text("targets.title"),
                        overview(targets),
                        editor,
                        new GroupFields(editor, messages),
                        messages);
        VBox.setVgrow(sides, Priority.ALWAYS);
        Button delete = Buttons.danger(Icons.DELETE, messages.text("server.delete"), this::delete);
        delete.setId("delete");
        HBox head =
                Boxes.row(
                        8,
                        Icons.TARGET_GROUP.draw("title-icon"),
                        Boxes.label(editor.name(), "page-title"),
                        Boxes.spring(),
                        sides.choice(),
                        delete);
        content = Boxes.column(12, head, sides);
        content.getStyleClass().add("page");
        editor.cluster().configurationProperty().addListener(changed);
        showUsers();
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                action("action.edit", "Shortcut+E", sides::edit),
                action("action.save", "Shortcut+S", sides::save),
                action("action.undo-change", "Shortcut+Z", editor::undo),
                action("server.delete", null, this::delete));
    }

    @Override
    public void close() {
        editor.cluster().configurationProperty().removeListener(changed);
        sides.close();
        targets.close();
    }

    private Action action(String key, @Nullable String shortcut, Runnable run) {
        return new Action(key, messages.text(key), shortcut, run);
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

    private void delete() {
        String name = editor.name();
        editor.cluster()
                .find(Kind.TARGET_GROUP, name)
                .ifPresent(it ->
                        deletion.ask(
                                it, usersOf(name), new Page.Group(editor.cluster().name(), name)));
    }

    private List<String> usersOf(String name) {
        return editor.cluster().configuration().usersOf(new Reference(Kind.TARGET_GROUP, name));
    }

    private void showUsers() {
        List<Hyperlink> links = usersOf(editor.name()).stream().map(this::link).toList();
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
