package dev.weir.console.widget;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The few shapes that pages are built of, spaced by 4, 8, 12 or 16.
public final class Boxes {
    private Boxes() {}

    public static HBox row(double spacing, Node... children) {
        HBox box = new HBox(spacing, children);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    public static VBox column(double spacing, Node... children) {
        VBox box = new VBox(spacing, children);
        box.setFillWidth(true);
        return box;
    }

    /// Takes what is left of a row.
    public static Region spring() {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    public static Label label(String text, String... styleClasses) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }

    /// A label that takes as many lines as it needs.
    public static Label paragraph(String text, String... styleClasses) {
        Label label = label(text, styleClasses);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// Columns of these percents of the width, the body of a panel.
    public static GridPane grid(int... percents) {
        GridPane grid = new GridPane(12, 12);
        for (int percent : percents) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(percent);
            grid.getColumnConstraints().add(column);
        }
        grid.getStyleClass().add("panel-body");
        return grid;
    }

    /// A titled panel; actions stand at the right of its title.
    public static VBox panel(String title, Node content, Node... actions) {
        HBox head = row(8, label(title, "panel-title"), spring());
        head.getChildren().addAll(actions);
        head.getStyleClass().add("panel-head");
        VBox panel = column(0, head, content);
        panel.getStyleClass().add("panel");
        VBox.setVgrow(content, Priority.ALWAYS);
        return panel;
    }

    /// What to show, and to do, where there is nothing yet.
    public static VBox empty(Icons icon, String title, String advice, Node... actions) {
        VBox box = column(8, icon.draw("empty-icon"), label(title, "empty-title"));
        Label text = paragraph(advice, "muted");
        text.setMaxWidth(420);
        box.getChildren().add(text);
        if (actions.length > 0) {
            HBox buttons = row(8, actions);
            buttons.setAlignment(Pos.CENTER);
            box.getChildren().add(buttons);
        }
        box.setAlignment(Pos.CENTER);
        box.getStyleClass().add("empty");
        return box;
    }
}
