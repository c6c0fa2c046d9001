package dev.weir.console.flame;

import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

/// Which key does what.
final class FlameKeys {

    private FlameKeys() {}

    /// The action of a key with a name; null for none.
    ///
    /// @param inGraph whether the graph has the focus: elsewhere plain keys write text
    static @Nullable FlameAction pressed(KeyEvent event, boolean inGraph) {
        if (event.isShortcutDown()) {
            return switch (event.getCode()) {
                case F -> FlameAction.SEARCH;
                case R -> FlameAction.REGEX;
                case C ->
                        !inGraph
                                ? null
                                : event.isShiftDown()
                                        ? FlameAction.COPY_STACK
                                        : FlameAction.COPY_FRAME;
                default -> null;
            };
        }
        return switch (event.getCode()) {
            case ESCAPE -> FlameAction.CLEAR;
            case LEFT -> event.isAltDown() ? FlameAction.BACK : inGraph ? FlameAction.LEFT : null;
            default -> inGraph ? pressedInGraph(event) : null;
        };
    }

    /// The action of a character, wherever on the keyboard it is; null for none.
    static @Nullable FlameAction typed(String character) {
        return switch (character) {
            case "0" -> FlameAction.RESET;
            case "+", "=" -> FlameAction.ZOOM_IN;
            case "-" -> FlameAction.ZOOM_OUT;
            case "/" -> FlameAction.SEARCH;
            case "n" -> FlameAction.NEXT_MATCH;
            case "N" -> FlameAction.PREVIOUS_MATCH;
            case "i", "I" -> FlameAction.FLIP;
            case "t", "T" -> FlameAction.TABLE;
            case "?" -> FlameAction.HELP;
            default -> null;
        };
    }

    private static @Nullable FlameAction pressedInGraph(KeyEvent event) {
        return switch (event.getCode()) {
            case ENTER -> FlameAction.ZOOM;
            case HOME -> FlameAction.RESET;
            case BACK_SPACE -> FlameAction.BACK;
            case UP -> FlameAction.PARENT;
            case DOWN -> FlameAction.CHILD;
            case RIGHT -> FlameAction.RIGHT;
            default -> null;
        };
    }
}
