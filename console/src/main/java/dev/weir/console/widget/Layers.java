package dev.weir.console.widget;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

/// A page below, at most one card above it, and short messages in a corner.
///
/// Cards live in the scene and not in windows of their own, so that they look the same everywhere
/// and close with Esc. Confined to the user interface's thread.
public final class Layers extends StackPane {
    private final StackPane veil = new StackPane();
    private final VBox messages = new VBox(8);
    private @Nullable Node focusBefore;

    public Layers(Node below) {
        veil.getStyleClass().add("veil");
        veil.setVisible(false);
        veil.setOnMousePressed(press -> {
            if (veil.equals(press.getTarget())) {
                dismiss();
            }
        });
        veil.addEventFilter(
                KeyEvent.KEY_PRESSED,
                press -> {
                    if (press.getCode() == KeyCode.ESCAPE) {
                        press.consume();
                        dismiss();
                    }
                });
        messages.setAlignment(Pos.BOTTOM_RIGHT);
        messages.setPickOnBounds(false);
        messages.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        messages.getStyleClass().add("messages");
        setAlignment(messages, Pos.BOTTOM_RIGHT);
        getChildren().addAll(below, veil, messages);
    }

    /// Shows a card in the middle, or at the top where it will grow; `focus` gets the keyboard.
    public void show(Region card, Pos where, Node focus) {
        if (!veil.isVisible() && getScene() != null) {
            focusBefore = getScene().getFocusOwner();
        }
        card.getStyleClass().add("card-layer");
        card.setMaxHeight(Region.USE_PREF_SIZE);
        card.setMaxWidth(Region.USE_PREF_SIZE);
        StackPane.setAlignment(card, where);
        veil.getChildren().setAll(card);
        veil.setVisible(true);
        focus.requestFocus();
    }

    /// Takes the card away and gives the keyboard back.
    public void dismiss() {
        if (!veil.isVisible()) {
            return;
        }
        veil.setVisible(false);
        veil.getChildren().clear();
        if (focusBefore != null) {
            focusBefore.requestFocus();
            focusBefore = null;
        }
    }

    public boolean isCovered() {
        return veil.isVisible();
    }

    /// Shows a short message for a while.
    public void tell(Region message, Duration time) {
        messages.getChildren().add(message);
        PauseTransition pause = new PauseTransition(time);
        pause.setOnFinished(_ -> messages.getChildren().remove(message));
        pause.play();
    }

    /// Takes a short message away before its time.
    public void untell(Region message) {
        messages.getChildren().remove(message);
    }
}
