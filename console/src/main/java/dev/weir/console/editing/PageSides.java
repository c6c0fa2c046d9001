package dev.weir.console.editing;

import dev.weir.console.text.Messages;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/// The two sides of a page: what there is now, and the editor of what is declared; one shows.
///
/// Confined to the user interface's thread.
public final class PageSides extends StackPane {
    private final EditorViewModel<?> editor;
    private final EditorFields fields;
    private final Messages messages;
    private final ToggleButton live = new ToggleButton();
    private final ToggleButton configuration = new ToggleButton();
    private final InvalidationListener changed = _ -> mark();

    /// @param title of the side that shows what there is
    public PageSides(
            String title,
            Node now,
            EditorViewModel<?> editor,
            EditorFields fields,
            Messages messages) {
        this.editor = editor;
        this.fields = fields;
        this.messages = messages;
        live.setText(title);
        live.getStyleClass().add("left-pill");
        configuration.getStyleClass().add("right-pill");
        configuration.setId("configuration");
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(live, configuration);
        group.selectToggle(editor.isUnderWay() ? configuration : live);
        group.selectedToggleProperty()
                .addListener((_, before, chosen) -> {
                    if (chosen == null) {
                        group.selectToggle(before);
                    }
                });
        now.visibleProperty().bind(live.selectedProperty());
        fields.node().visibleProperty().bind(configuration.selectedProperty());
        getChildren().addAll(now, fields.node());
        editor.dirtyProperty().addListener(changed);
        mark();
    }

    /// What chooses the side.
    public Node choice() {
        return new HBox(live, configuration);
    }

    public void showNow() {
        live.setSelected(true);
    }

    public void edit() {
        configuration.setSelected(true);
    }

    /// Goes one step on with the edit.
    public void save() {
        edit();
        editor.goOn();
    }

    /// Ends the listening to the editor, which lives on.
    public void close() {
        editor.dirtyProperty().removeListener(changed);
        fields.close();
    }

    private void mark() {
        configuration.setText(
                messages.text(
                        editor.dirtyProperty().get()
                                ? "server.configuration.unsaved"
                                : "server.configuration"));
    }
}
