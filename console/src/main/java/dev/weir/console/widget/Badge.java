package dev.weir.console.widget;

import javafx.scene.control.Label;

/// A state as picture and word, coloured besides.
public final class Badge extends Label {

    /// How a state is to be taken; each has its own colour.
    public enum Tone {
        GOOD,
        BUSY,
        BAD,
        CAREFUL,
        QUIET
    }

    public Badge(Icons icon, String word, Tone tone) {
        super(word);
        getStyleClass().add("badge");
        show(icon, word, tone);
    }

    /// Shows another state.
    public void show(Icons icon, String word, Tone tone) {
        setText(word);
        setGraphic(icon.draw("badge-icon"));
        for (Tone each : Tone.values()) {
            getStyleClass().remove(styleClass(each));
        }
        getStyleClass().add(styleClass(tone));
    }

    private static String styleClass(Tone tone) {
        return switch (tone) {
            case GOOD -> "good";
            case BUSY -> "busy";
            case BAD -> "bad";
            case CAREFUL -> "careful";
            case QUIET -> "quiet";
        };
    }
}
