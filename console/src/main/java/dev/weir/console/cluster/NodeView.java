package dev.weir.console.cluster;

import dev.weir.console.editing.Deletion;
import dev.weir.console.editing.EditorFields;
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

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The page of one node: where it is, and its end.
public final class NodeView implements PageView {
    private final EditorViewModel<NodeForm> editor;
    private final EditorFields fields;
    private final Deletion deletion;
    private final Messages messages;
    private final VBox content;

    public NodeView(EditorViewModel<NodeForm> editor, Deletion deletion, Desk desk) {
        this.editor = editor;
        this.deletion = deletion;
        this.messages = desk.messages();
        this.fields = new NodeFields(editor, messages);
        Button delete = Buttons.danger(Icons.DELETE, messages.text("server.delete"), this::delete);
        delete.setId("delete");
        VBox.setVgrow(fields.node(), Priority.ALWAYS);
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                Icons.NODE.draw("title-icon"),
                                Boxes.label(editor.name(), "page-title"),
                                Boxes.label(editor.cluster().name(), "chip"),
                                Boxes.spring(),
                                delete),
                        fields.node());
        content.getStyleClass().add("page");
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                action("action.save", "Shortcut+S", editor::goOn),
                action("action.undo-change", "Shortcut+Z", editor::undo),
                action("server.delete", null, this::delete));
    }

    @Override
    public void close() {
        fields.close();
    }

    private Action action(String key, @Nullable String shortcut, Runnable run) {
        return new Action(key, messages.text(key), shortcut, run);
    }

    private void delete() {
        String cluster = editor.cluster().name();
        editor.cluster()
                .find(Kind.NODE, editor.name())
                .ifPresent(it -> deletion.ask(it, List.of(), new Page.Machine(cluster, it.name())));
    }
}
