package dev.weir.console.flame;

import javafx.scene.paint.Color;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The colours that the canvas takes from the style sheet, so that it follows the theme.
enum FlameColor {
    BACKGROUND("white"),
    TEXT("black"),
    MUTED_TEXT("gray"),
    ROOT("lightgray"),
    SELECTION("black"),
    HOVER("gray"),
    MATCH("magenta"),
    MORE("orange"),
    LESS("dodgerblue"),
    SAME("lightgray"),
    HUE_1("orange"),
    HUE_2("skyblue"),
    HUE_3("lightgreen"),
    HUE_4("pink"),
    HUE_5("plum"),
    HUE_6("aquamarine"),
    HUE_7("tan"),
    HUE_8("lightsteelblue");

    static final List<FlameColor> HUES =
            Stream.of(values()).filter(color -> color.name().startsWith("HUE")).toList();

    private final String initial;

    FlameColor(String initial) {
        this.initial = initial;
    }

    /// The colour without any style sheet.
    Color initial() {
        return Color.web(initial);
    }

    /// The name of the style sheet's property.
    String property() {
        return "-weir-flame-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
