package dev.weir.console.shell;

import dev.weir.console.session.LiveSession;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Badge;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Says across the window that the connection is lost, and when it is tried again.
final class ConnectionBanner extends HBox {

    ConnectionBanner(LiveSession session, Messages messages) {
        super(8);
        getStyleClass().add("connection-banner");
        setId("connection-banner");
        setAlignment(Pos.CENTER_LEFT);
        Label words = Boxes.label("", "strong");
        Label why = Boxes.label("", "small");
        HBox.setHgrow(why, Priority.ALWAYS);
        why.setMaxWidth(Double.MAX_VALUE);
        getChildren()
                .addAll(
                        Icons.WARNING.draw(),
                        words,
                        why,
                        Buttons.plain(
                                Icons.REFRESH,
                                messages.text("connection.retry"),
                                session::refresh));
        visibleProperty().bind(session.stateProperty().isEqualTo(LiveSession.State.RECONNECTING));
        managedProperty().bind(visibleProperty());
        words.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        messages.text(
                                                "connection.lost",
                                                messages.count(
                                                        session.secondsToRetryProperty().get())),
                                session.secondsToRetryProperty()));
        why.textProperty().bind(session.troubleProperty());
    }

    static void show(Badge badge, LiveSession.State state, Messages messages) {
        switch (state) {
            case CONNECTING -> badge.show(Icons.PENDING, messages.word(state), Badge.Tone.BUSY);
            case CONNECTED -> badge.show(Icons.OK, messages.word(state), Badge.Tone.GOOD);
            case RECONNECTING ->
                    badge.show(Icons.WARNING, messages.word(state), Badge.Tone.CAREFUL);
            case CLOSED -> badge.show(Icons.OFF, messages.word(state), Badge.Tone.QUIET);
        }
    }
}
