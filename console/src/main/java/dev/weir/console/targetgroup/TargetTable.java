package dev.weir.console.targetgroup;

import dev.weir.console.targetgroup.TargetsViewModel.Row;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Columns;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.StateBadges;
import dev.weir.model.Target;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

import java.util.Comparator;

/// Targets with their state, and three buttons to change it.
public final class TargetTable {
    private TargetTable() {}

    /// A table that follows the model.
    ///
    /// @param withGroup shows the group of each target, where there are several
    public static TableView<Row> of(TargetsViewModel model, Messages messages, boolean withGroup) {
        TableView<Row> table =
                Columns.table(
                        Boxes.empty(
                                Icons.TARGET_GROUP,
                                messages.text("targets.empty"),
                                messages.text("targets.empty.advice")),
                        Columns.text(
                                messages.text("column.name"),
                                110,
                                row -> row.target().name(),
                                "strong"),
                        Columns.text(
                                messages.text("column.address"),
                                180,
                                row -> row.target().address() + ":" + row.target().port(),
                                "mono"),
                        Columns.number(
                                messages.text("column.weight"),
                                70,
                                row -> row.target().weight(),
                                weight -> messages.count(weight)),
                        Columns.node(
                                messages.text("column.state"),
                                110,
                                row -> StateBadges.of(row.target().adminState(), messages),
                                Comparator.comparing(row -> row.target().adminState())),
                        Columns.node(
                                messages.text("column.actions"),
                                250,
                                row -> buttons(model, row, messages),
                                Comparator.comparing(row -> row.target().name())));
        if (withGroup) {
            table.getColumns()
                    .addFirst(Columns.text(messages.text("column.group"), 130, Row::group));
        }
        table.setId("targets");
        table.setItems(model.rows());
        return table;
    }

    private static Node buttons(TargetsViewModel model, Row row, Messages messages) {
        HBox box = Boxes.row(4);
        for (Target.AdminState state : Target.AdminState.values()) {
            Button button =
                    new Button(
                            messages.text(
                                    switch (state) {
                                        case ENABLED -> "target.enable";
                                        case DRAIN -> "target.drain";
                                        case OFFLINE -> "target.offline";
                                    }));
            button.getStyleClass().addAll("row-button");
            button.setDisable(row.target().adminState() == state);
            button.setAccessibleText(button.getText() + " " + row.target().name());
            button.setTooltip(new Tooltip(button.getText() + " " + row.target().name()));
            button.setOnAction(_ -> model.set(row, state));
            box.getChildren().add(button);
        }
        return box;
    }
}
