package dev.weir.console.shell;

import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.List;

/// Finds an action by any part of its words, in their order, and runs it.
final class CommandPalette extends VBox {
    private static final int ROW = 32;
    private static final int ROWS = 10;

    private final List<Action> actions;
    private final Runnable done;
    private final TextField search = new TextField();
    private final ObservableList<Action> found = FXCollections.observableArrayList();
    private final ListView<Action> list = new ListView<>(found);

    CommandPalette(List<Action> actions, Messages messages, Runnable done) {
        this.actions = actions;
        this.done = done;
        getStyleClass().add("palette");
        setPrefWidth(560);
        search.setId("palette-search");
        search.setPromptText(messages.text("palette.prompt"));
        search.textProperty().addListener((_, _, text) -> show(text));
        list.setFixedCellSize(ROW);
        list.setPrefHeight(ROW * ROWS + 2);
        list.setCellFactory(_ -> new Cell());
        list.setFocusTraversable(false);
        list.setPlaceholder(Boxes.label(messages.text("palette.nothing"), "muted"));
        list.getStyleClass().addAll("dense", "edge-to-edge");
        list.setOnMouseClicked(_ -> run());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        getChildren().addAll(search, list);
        show("");
    }

    TextField search() {
        return search;
    }

    private void key(KeyEvent press) {
        int selected = list.getSelectionModel().getSelectedIndex();
        if (press.getCode() == KeyCode.DOWN || press.getCode() == KeyCode.UP) {
            int next = selected + (press.getCode() == KeyCode.DOWN ? 1 : -1);
            list.getSelectionModel().select(Math.clamp(next, 0, Math.max(0, found.size() - 1)));
            list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - ROWS / 2));
            press.consume();
        } else if (press.getCode() == KeyCode.ENTER) {
            run();
            press.consume();
        }
    }

    private void run() {
        Action chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            done.run();
            chosen.run().run();
        }
    }

    private void show(String text) {
        found.setAll(PaletteSearch.find(actions, text));
        list.getSelectionModel().selectFirst();
    }

    /// The words at the left, the keys at the right.
    private static final class Cell extends ListCell<Action> {
        @Override
        protected void updateItem(Action action, boolean empty) {
            super.updateItem(action, empty);
            setText(null);
            if (empty || action == null) {
                setGraphic(null);
                return;
            }
            HBox line = Boxes.row(8, Boxes.label(action.text()), Boxes.spring());
            if (!action.keys().isEmpty()) {
                line.getChildren().add(Boxes.label(action.keys(), "keys"));
            }
            setGraphic(line);
            setAccessibleText(action.text() + " " + action.keys());
        }
    }
}
