package dev.weir.console.widget;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;

/// Buttons with their picture, words and act.
public final class Buttons {
    private Buttons() {}

    public static Button plain(Icons icon, String text, Runnable act) {
        Button button = new Button(text, icon.draw());
        button.setMnemonicParsing(true);
        button.setOnAction(_ -> act.run());
        return button;
    }

    /// The one button of a page that goes on.
    public static Button main(Icons icon, String text, Runnable act) {
        Button button = plain(icon, text, act);
        button.getStyleClass().add("accent");
        return button;
    }

    /// Destroys something.
    public static Button danger(Icons icon, String text, Runnable act) {
        Button button = plain(icon, text, act);
        button.getStyleClass().addAll("danger", "button-outlined");
        return button;
    }

    /// A picture alone; its words are in the tooltip and for screen readers.
    public static Button icon(Icons icon, String words, Runnable act) {
        Button button = new Button(null, icon.draw());
        button.getStyleClass().addAll("button-icon", "flat", "small-icon-button");
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(words));
        button.setOnAction(_ -> act.run());
        return button;
    }
}
