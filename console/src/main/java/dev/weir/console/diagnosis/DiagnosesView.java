package dev.weir.console.diagnosis;

import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Columns;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.StateBadges;
import dev.weir.model.Diagnosis;

import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.Comparator;

/// All diagnosis runs, the newest first.
public final class DiagnosesView implements PageView {
    private final VBox content;

    public DiagnosesView(LiveSession session, Desk desk) {
        Messages messages = desk.messages();
        TableView<Diagnosis> table =
                Columns.table(
                        Boxes.empty(
                                Icons.DIAGNOSIS,
                                messages.text("diagnoses.empty"),
                                messages.text("diagnoses.empty.advice")),
                        Columns.node(
                                messages.text("column.state"),
                                120,
                                run -> StateBadges.of(run.status().phase(), messages),
                                Comparator.comparing(run -> run.status().phase())),
                        Columns.text(
                                messages.text("column.operation-set"),
                                160,
                                run -> run.spec().operationSet(),
                                "strong"),
                        Columns.text(
                                messages.text("word.Kind.VIRTUAL_SERVER"),
                                140,
                                run ->
                                        run.spec().virtualServer() == null
                                                ? "–"
                                                : run.spec().virtualServer()),
                        Columns.text(
                                messages.text("word.Kind.NODE"),
                                110,
                                run -> run.spec().node(),
                                "mono"),
                        Columns.text(messages.text("run.started-by"), 110, Diagnosis::createdBy),
                        Columns.number(
                                messages.text("run.started-at"),
                                190,
                                Diagnosis::createdAt,
                                messages::time));
        table.setId("diagnoses");
        table.setItems(session.diagnoses());
        Runnable open =
                () -> {
                    Diagnosis run = table.getSelectionModel().getSelectedItem();
                    if (run != null) {
                        desk.open(new Page.Run(run.id()));
                    }
                };
        table.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                open.run();
            }
        });
        table.setOnKeyPressed(press -> {
            if (press.getCode() == KeyCode.ENTER) {
                open.run();
            }
        });
        VBox.setVgrow(table, Priority.ALWAYS);
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                Icons.DIAGNOSIS.draw("title-icon"),
                                Boxes.label(messages.text("tree.diagnoses"), "page-title")),
                        table);
        content.getStyleClass().add("page");
    }

    @Override
    public Node node() {
        return content;
    }
}
