package dev.weir.console.widget;

import dev.weir.model.Problem;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.stream.Collectors;

/// A labelled control that shows the problems of its part of a document below itself.
public final class Field extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private final List<String> paths;
    private final Node control;
    private final Label problem = Boxes.paragraph("", "field-problem");

    /// @param paths the fields of the document that this control stands for; deeper ones belong to
    ///   it too
    public Field(String label, Node control, String... paths) {
        super(4);
        this.paths = List.of(paths);
        this.control = control;
        getStyleClass().add("field");
        Label words = Boxes.label(label, "field-label");
        words.setMnemonicParsing(true);
        words.setLabelFor(control);
        if (control instanceof Control labelled) {
            labelled.setMaxWidth(Double.MAX_VALUE);
            labelled.setAccessibleText(label.replace("_", ""));
        }
        problem.setManaged(false);
        problem.setVisible(false);
        problem.setGraphic(Icons.REJECTED.draw("problem-icon"));
        if (label.isEmpty()) {
            getChildren().addAll(control, problem);
        } else {
            getChildren().addAll(words, control, problem);
        }
    }

    /// Leaves the words to those that hear the page, for lines below a labelled one.
    public Field unlabelled() {
        getChildren().setAll(control, problem);
        return this;
    }

    /// Shows in a line without text what that means.
    public Field prompting(String words) {
        if (control instanceof TextInputControl line) {
            line.setPromptText(words);
        }
        return this;
    }

    /// Shows those of the problems that are this control's; answers them.
    public List<Problem> show(List<Problem> problems) {
        List<Problem> mine = problems.stream().filter(it -> owns(it.path())).toList();
        problem.setText(mine.stream().map(Problem::message).collect(Collectors.joining("\n")));
        problem.setManaged(!mine.isEmpty());
        problem.setVisible(!mine.isEmpty());
        control.pseudoClassStateChanged(WRONG, !mine.isEmpty());
        return mine;
    }

    private boolean owns(String path) {
        return paths.stream()
                .anyMatch(mine ->
                        path.equals(mine)
                                || path.startsWith(mine + ".")
                                || path.startsWith(mine + "["));
    }
}
