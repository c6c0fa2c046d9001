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
import javafx.scene.control.TextField;
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
    private final VBox side = Boxes.column(12);
    private final TextField comment = new TextField();
    private final VBox content;

    public HistoryView(HistoryViewModel model, Desk desk) {
        this.model = model;
        this.messages = desk.messages();
        side.getStyleClass().add("review-body");
        ScrollPane scroll = new ScrollPane(side);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("panel");
        scroll.setPrefWidth(400);
        scroll.setMinWidth(320);
        comment.setPromptText(messages.text("review.comment.prompt"));
        comment.setAccessibleText(messages.text("review.comment"));
        comment.textProperty().bindBidirectional(model.commentProperty());
        TableView<RevisionSummary> table = table();
        HBox.setHgrow(table, Priority.ALWAYS);
        HBox middle = new HBox(12, table, scroll);
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
        model.planProperty().addListener(changed);
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
                        "history.rollback", messages.text("history.rollback"), null, model::review),
                new Action("action.save", messages.text("action.save"), "Shortcut+S", model::goOn));
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
        HistoryViewModel.Plan plan = model.planProperty().get();
        side.getChildren().setAll(plan == null ? changed() : reviewed(plan));
        String failure = model.failureProperty().get();
        if (!failure.isEmpty()) {
            side.getChildren().add(1, Boxes.paragraph(failure, "field-problem"));
        }
    }

    private List<Node> changed() {
        Button review =
                Buttons.plain(Icons.UNDO, messages.text("history.rollback.review"), model::review);
        review.setId("review-rollback");
        review.setDisable(!model.canRollBack());
        return List.of(
                Boxes.label(messages.text("history.changes"), "panel-title"),
                ChangeList.of(model.changes(), messages),
                review);
    }

    private List<Node> reviewed(HistoryViewModel.Plan plan) {
        Button apply = Buttons.main(Icons.OK, messages.text("review.apply"), model::apply);
        apply.setId("apply-rollback");
        apply.setDisable(plan.changes().isEmpty());
        return List.of(
                Boxes.paragraph(
                        messages.text(
                                "history.rollback.changes",
                                Long.toString(plan.target()),
                                messages.count(plan.changes().size())),
                        "panel-title"),
                ChangeList.of(plan.changes(), messages),
                comment,
                Boxes.row(
                        8,
                        apply,
                        Buttons.plain(Icons.CLOSE, messages.text("review.back"), model::back)));
    }
}
