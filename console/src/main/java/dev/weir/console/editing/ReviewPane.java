package dev.weir.console.editing;

import dev.weir.console.editing.EditorViewModel.Stage;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.Refusal;
import dev.weir.console.session.SessionException;
import dev.weir.console.text.Failure;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.model.Problem;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;

/// The right side of an editor: what is unsaved, what is wrong, what would change, and how far the
/// nodes are.
///
/// Confined to the user interface's thread.
public final class ReviewPane extends VBox {
    private final EditorViewModel<?> model;
    private final Messages messages;
    private final TextField comment = new TextField();
    private final VBox body = Boxes.column(12);
    private final InvalidationListener changed = _ -> show();

    public ReviewPane(EditorViewModel<?> model, Messages messages) {
        this.model = model;
        this.messages = messages;
        getStyleClass().addAll("review-pane", "panel");
        setPrefWidth(360);
        setMinWidth(320);
        setMaxWidth(420);
        comment.setPromptText(messages.text("review.comment.prompt"));
        comment.setAccessibleText(messages.text("review.comment"));
        comment.textProperty().bindBidirectional(model.commentProperty());
        body.getStyleClass().add("review-body");
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(scroll);
        model.stageProperty().addListener(changed);
        model.dirtyProperty().addListener(changed);
        model.failureProperty().addListener(changed);
        model.overtakenProperty().addListener(changed);
        model.problems().addListener(changed);
        model.changes().addListener(changed);
        model.appliedProperty().addListener(changed);
        model.cluster().rolloutProperty().addListener(changed);
        show();
    }

    /// Ends the listening to what outlives this view.
    public void close() {
        comment.textProperty().unbindBidirectional(model.commentProperty());
        model.stageProperty().removeListener(changed);
        model.dirtyProperty().removeListener(changed);
        model.failureProperty().removeListener(changed);
        model.overtakenProperty().removeListener(changed);
        model.problems().removeListener(changed);
        model.changes().removeListener(changed);
        model.appliedProperty().removeListener(changed);
        model.cluster().rolloutProperty().removeListener(changed);
    }

    private void show() {
        List<Node> parts = new ArrayList<>();
        trouble(parts);
        switch (model.stageProperty().get()) {
            case EDITING, REVIEWING -> editing(parts);
            case REVIEWED, APPLYING -> reviewed(parts);
            case APPLIED -> {}
        }
        if (model.appliedProperty().get() > 0) {
            parts.add(new RolloutProgress(model, messages));
        }
        body.getChildren().setAll(parts);
    }

    private void trouble(List<Node> parts) {
        Exception why = model.failureProperty().get();
        if (why != null) {
            String headline =
                    why instanceof SessionException refused
                            ? Refusal.headline(refused, messages)
                            : messages.text("review.failed");
            VBox box =
                    Boxes.column(
                            4,
                            Boxes.row(
                                    8,
                                    Icons.REJECTED.draw("problem-icon"),
                                    Boxes.paragraph(headline, "strong")),
                            Boxes.paragraph(Failure.words(why)));
            box.getStyleClass().add("trouble");
            parts.add(box);
        }
        if (model.overtakenProperty().get()) {
            VBox box =
                    Boxes.column(
                            8,
                            Boxes.row(
                                    8,
                                    Icons.WARNING.draw("careful-icon"),
                                    Boxes.label(messages.text("review.overtaken"), "strong")),
                            Boxes.paragraph(messages.text("review.overtaken.advice")),
                            Buttons.plain(
                                    Icons.REFRESH,
                                    messages.text("review.overtaken.reload"),
                                    model::reset));
            box.getStyleClass().add("trouble");
            parts.add(box);
        }
    }

    private void editing(List<Node> parts) {
        boolean dirty = model.dirtyProperty().get();
        parts.add(
                Boxes.row(
                        8,
                        (dirty ? Icons.EDIT : Icons.OK).draw("muted-icon"),
                        Boxes.label(
                                messages.text(dirty ? "review.unsaved" : "review.saved"),
                                "panel-title")));
        parts.add(
                Boxes.paragraph(
                        messages.text(dirty ? "review.unsaved.advice" : "review.saved.advice"),
                        "muted"));
        List<Problem> problems = model.problems();
        if (!problems.isEmpty()) {
            VBox list =
                    Boxes.column(
                            8,
                            Boxes.label(
                                    messages.text(
                                            "review.problems", messages.count(problems.size())),
                                    "strong"));
            for (Problem problem : problems) {
                list.getChildren()
                        .add(
                                Boxes.column(
                                        0,
                                        Boxes.label(problem.path(), "mono", "small", "muted"),
                                        Boxes.paragraph(problem.message(), "field-problem")));
            }
            parts.add(list);
        }
        Button review = Buttons.main(Icons.COMPARE, messages.text("review.review"), model::review);
        review.setId("review-changes");
        review.setDisable(
                !problems.isEmpty() || !dirty || model.stageProperty().get() == Stage.REVIEWING);
        Button discard = Buttons.plain(Icons.CLOSE, messages.text("review.discard"), model::reset);
        discard.setDisable(!dirty);
        parts.add(Boxes.row(8, review, discard));
    }

    private void reviewed(List<Node> parts) {
        List<FieldChange> changes = model.changes();
        parts.add(
                Boxes.row(
                        8,
                        Icons.COMPARE.draw("muted-icon"),
                        Boxes.label(
                                messages.text("review.changes", messages.count(changes.size())),
                                "panel-title")));
        parts.add(ChangeList.of(changes, messages));
        parts.add(comment);
        Button apply = Buttons.main(Icons.OK, messages.text("review.apply"), model::apply);
        apply.setId("apply-changes");
        apply.setDisable(model.stageProperty().get() == Stage.APPLYING || changes.isEmpty());
        parts.add(
                Boxes.row(
                        8,
                        apply,
                        Buttons.plain(
                                Icons.EDIT, messages.text("review.back"), model::backToEditing)));
    }
}
