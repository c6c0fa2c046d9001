package dev.weir.console.flame;

import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.SkinBase;
import javafx.scene.control.SplitPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/// Puts the parts of a [FlameGraphView] together and hands them the keys.
final class FlameGraphSkin extends SkinBase<FlameGraphView> {
    private final FlameGraphViewModel model;
    private final FlameCanvas canvas;
    private final FlameToolbar toolbar;
    private final FlameTopTable table;
    private final SplitPane split = new SplitPane();

    FlameGraphSkin(FlameGraphView view) {
        super(view);
        model = view.viewModel();
        canvas = new FlameCanvas(model);
        toolbar = new FlameToolbar(model, this::exportPicture, this::exportCollapsed);
        table = new FlameTopTable(model);

        StackPane graph = new StackPane(canvas, emptyNote());
        graph.getStyleClass().add("flame-graph-area");
        split.setOrientation(Orientation.HORIZONTAL);
        split.getItems().add(graph);
        model.tableShownProperty().subscribe(this::showTable);

        BorderPane frame = new BorderPane(split);
        frame.setTop(toolbar);
        frame.setBottom(new VBox(new FlameLegend(model, canvas), new FlameDetailsBar(model)));
        getChildren().add(new StackPane(frame, new FlameCheatSheet(model)));

        view.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        canvas.addEventHandler(KeyEvent.KEY_TYPED, this::keyTyped);
        toolbar.setOnSearchDone(canvas::requestFocus);
        new FlameMenu(canvas, model, this::perform);
    }

    /// The frames themselves, for whoever wants a picture of them.
    FlameCanvas canvas() {
        return canvas;
    }

    private VBox emptyNote() {
        FlameTexts texts = model.texts();
        Label title = new Label();
        title.getStyleClass().add("flame-empty-title");
        Label text = new Label();
        text.getStyleClass().add("flame-empty-text");
        VBox note = new VBox(title, text);
        note.getStyleClass().add("flame-empty");
        note.setMouseTransparent(true);
        Runnable update =
                () -> {
                    boolean busy = model.busyProperty().get();
                    note.setVisible(model.scene().isEmpty());
                    title.setText(texts.text(busy ? "busy" : "empty.title"));
                    text.setText(busy ? "" : texts.text("empty.text"));
                };
        model.busyProperty().subscribe(update);
        model.sceneProperty().subscribe(update);
        update.run();
        return note;
    }

    private void showTable(boolean shown) {
        if (shown && !split.getItems().contains(table)) {
            split.getItems().add(table);
            split.setDividerPositions(0.5);
        } else if (!shown) {
            split.getItems().remove(table);
        }
    }

    private void keyPressed(KeyEvent event) {
        boolean inGraph = event.getTarget() == canvas;
        FlameAction action = FlameKeys.pressed(event, inGraph);
        if (action == null) {
            return;
        }
        perform(action);
        event.consume();
    }

    private void keyTyped(KeyEvent event) {
        FlameAction action = FlameKeys.typed(event.getCharacter());
        if (action != null) {
            perform(action);
            event.consume();
        }
    }

    private void perform(FlameAction action) {
        switch (action) {
            case SEARCH -> toolbar.focusSearch();
            case COPY_FRAME -> copy(model.selectedName());
            case COPY_STACK -> copy(model.selectedStack());
            case CLEAR -> {
                model.perform(action);
                canvas.requestFocus();
            }
            default -> model.perform(action);
        }
    }

    private static void copy(String text) {
        if (!text.isEmpty()) {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        }
    }

    private void exportPicture() {
        @Nullable Path file = getSkinnable().filePicker().choose("flame-graph.png");
        if (file == null) {
            return;
        }
        try {
            PngWriter.write(canvas.image(), file);
            model.exported(file);
        } catch (IOException e) {
            model.exportFailed(e);
        }
    }

    private void exportCollapsed() {
        @Nullable Path file = getSkinnable().filePicker().choose("stacks.collapsed.txt");
        if (file != null) {
            model.exportCollapsed(file);
        }
    }
}
