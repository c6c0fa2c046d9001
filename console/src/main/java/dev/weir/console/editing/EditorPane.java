package dev.weir.console.editing;

import dev.weir.console.text.Messages;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A form that scrolls, and the review at its right.
///
/// Confined to the user interface's thread.
public final class EditorPane extends HBox {
    private final ReviewPane review;

    public EditorPane(Region form, EditorViewModel<?> model, Messages messages) {
        super(12);
        review = new ReviewPane(model, messages);
        form.getStyleClass().add("form");
        ScrollPane scroll = new ScrollPane(form);
        scroll.setFitToWidth(true);
        setHgrow(scroll, Priority.ALWAYS);
        setFillHeight(true);
        getChildren().addAll(scroll, review);
    }

    /// Ends the listening to the editor, which lives on.
    public void close() {
        review.close();
    }
}
