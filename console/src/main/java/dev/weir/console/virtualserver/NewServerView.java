package dev.weir.console.virtualserver;

import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;
import dev.weir.model.Kind;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.List;

/// The editor of a virtual server that does not exist yet; becomes its page once it does.
public final class NewServerView implements PageView {
    private final EditorViewModel<ServerForm> editor;
    private final ServerFields fields;
    private final Desk desk;
    private final VBox content;
    private final InvalidationListener changed = _ -> follow();

    public NewServerView(EditorViewModel<ServerForm> editor, Desk desk) {
        this.editor = editor;
        this.desk = desk;
        fields = new ServerFields(editor, desk.messages());
        VBox.setVgrow(fields.node(), Priority.ALWAYS);
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                Icons.VIRTUAL_SERVER.draw("title-icon"),
                                Boxes.label(
                                        desk.messages().text("page.new-virtual-server"),
                                        "page-title")),
                        fields.node());
        content.getStyleClass().add("page");
        editor.appliedProperty().addListener(changed);
        editor.cluster().configurationProperty().addListener(changed);
    }

    /// Once the new server is declared, its own page takes this one's place.
    private void follow() {
        LiveCluster cluster = editor.cluster();
        String name = editor.form().name();
        if (editor.appliedProperty().get() > 0
                && cluster.find(Kind.VIRTUAL_SERVER, name).isPresent()) {
            desk.open(new Page.Server(cluster.name(), name));
            desk.close(new Page.NewServer(cluster.name()));
        }
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                new Action(
                        "action.save",
                        desk.messages().text("action.save"),
                        "Shortcut+S",
                        this::save),
                new Action(
                        "action.undo-change",
                        desk.messages().text("action.undo-change"),
                        "Shortcut+Z",
                        editor::undo));
    }

    private void save() {
        switch (editor.stageProperty().get()) {
            case EDITING, APPLIED -> editor.review();
            case REVIEWED -> editor.apply("");
            case REVIEWING, APPLYING -> {}
        }
    }

    @Override
    public void close() {
        editor.cluster().configurationProperty().removeListener(changed);
        fields.close();
        editor.close();
    }
}
