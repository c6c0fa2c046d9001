package dev.weir.console.cluster;

import dev.weir.api.RevisionSummary;
import dev.weir.console.editing.ChangeList;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Columns;
import dev.weir.console.widget.Icons;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.stream.Collectors;

/// The page of a cluster's history: revisions at the left, what the selected one changed at the
/// right.
public final class HistoryView implements PageView {
    private final HistoryViewModel model;
    private final Messages messages;
    private final VBox changes = Boxes.column(8);
    private final Button rollBack;
    private final VBox content;

    public HistoryView(HistoryViewModel model, Desk desk) {
        this.model = model;
        this.messages = desk.messages();
        rollBack = Buttons.plain(Icons.UNDO, messages.text("history.rollback"), model::rollBack);
        TableView<RevisionSummary> table = table();
        HBox.setHgrow(table, Priority.ALWAYS);
        ScrollPane scroll = new ScrollPane(changes);
        scroll.setFitToWidth(true);
        changes.getStyleClass().add("panel-body");
        VBox panel = Boxes.panel(messages.text("history.changes"), scroll, rollBack);
        panel.setPrefWidth(400);
        panel.setMinWidth(320);
        HBox middle = new HBox(12, table, panel);
        VBox.setVgrow(middle, Priority.ALWAYS);
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                Icons.HISTORY.draw("title-icon"),
                                Boxes.label(messages.text("tree.history"), "page-title"),
                                Boxes.label(model.cluster().name(), "chip")),
                        middle);
        content.getStyleClass().add("page");
        InvalidationListener changed = _ -> show();
        model.changes().addListener(changed);
        model.failureProperty().addListener(changed);
        model.selectedProperty().addListener(changed);
        show();
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                new Action(
                        "history.rollback",
                        messages.text("history.rollback"),
                        null,
                        model::rollBack));
    }

    @Override
    public void close() {
        model.close();
    }

    private TableView<RevisionSummary> table() {
        TableView<RevisionSummary> table =
                Columns.table(
                        Boxes.empty(
                                Icons.HISTORY,
                                messages.text("history.empty"),
                                messages.text("history.empty.advice")),
                        Columns.number(
                                messages.text("history.number"),
                                74,
                                RevisionSummary::number,
                                number -> Long.toString(number)),
                        Columns.text(
                                messages.text("history.time"),
                                190,
                                revision -> messages.time(revision.time())),
                        Columns.text(messages.text("history.author"), 90, RevisionSummary::author),
                        Columns.text(
                                messages.text("history.comment"), 180, RevisionSummary::comment),
                        Columns.text(messages.text("history.touched"), 160, this::touched));
        table.setId("revisions");
        table.setItems(model.revisions());
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, revision) -> {
                    if (revision != null) {
                        model.selectedProperty().set(revision);
                    }
                });
        model.selectedProperty()
                .addListener((_, _, revision) -> table.getSelectionModel().select(revision));
        table.getSelectionModel().select(model.selectedProperty().get());
        return table;
    }

    private String touched(RevisionSummary revision) {
        return revision.changes().stream()
                .map(change -> messages.word(change.kind()) + " " + change.name())
                .collect(Collectors.joining(", "));
    }

    private void show() {
        RevisionSummary selected = model.selectedProperty().get();
        rollBack.setDisable(
                selected == null
                        || selected.number() == model.cluster().configuration().revision());
        if (!model.failureProperty().get().isEmpty()) {
            changes.getChildren()
                    .setAll(Boxes.paragraph(model.failureProperty().get(), "field-problem"));
        } else {
            changes.getChildren().setAll(ChangeList.of(model.changes(), messages));
        }
    }
}
