package dev.weir.console.flame;

import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// All keys on one sheet over the graph.
final class FlameCheatSheet extends StackPane {
    private static final int COLUMNS = 2;

    private final FlameTexts texts;
    private final GridPane grid = new GridPane();
    private int filled;

    FlameCheatSheet(FlameGraphViewModel model) {
        this.texts = model.texts();
        getStyleClass().add("flame-sheet-layer");
        grid.getStyleClass().add("flame-sheet-grid");
        for (FlameAction action : FlameAction.values()) {
            add(action.keys(), texts.text("action." + action.name()));
        }
        add(texts.text("sheet.mouse.select"), texts.text("action.select"));
        add(texts.text("sheet.mouse.zoom"), texts.text("action.ZOOM"));
        add(texts.text("sheet.mouse.wheel"), texts.text("action.wheel"));
        add(texts.text("sheet.mouse.drag"), texts.text("action.drag"));
        Label title = new Label(texts.text("sheet.title"));
        title.getStyleClass().add("flame-sheet-title");
        Label close = new Label(texts.text("sheet.close"));
        close.getStyleClass().add("flame-sheet-close");
        VBox sheet = new VBox(title, grid, close);
        sheet.getStyleClass().add("flame-sheet");
        sheet.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        getChildren().add(sheet);
        visibleProperty().bind(model.sheetShownProperty());
        setOnMouseClicked(_ -> model.sheetShownProperty().set(false));
    }

    private void add(String keys, String what) {
        int rows = (FlameAction.values().length + 4 + COLUMNS - 1) / COLUMNS;
        int column = filled / rows * 2;
        Label key = new Label(keys);
        key.getStyleClass().add("flame-key");
        key.setMinWidth(USE_PREF_SIZE);
        GridPane.setHalignment(key, HPos.RIGHT);
        grid.add(key, column, filled % rows);
        grid.add(new Label(what), column + 1, filled % rows);
        filled++;
    }
}
