package dev.weir.console.flame;

/// What a key does in the flame graph; the sheet of keys lists them in this order.
enum FlameAction {
    ZOOM("Enter"),
    RESET("0 · Home"),
    BACK("Backspace · Alt+←"),
    ZOOM_IN("+"),
    ZOOM_OUT("-"),
    PARENT("↑"),
    CHILD("↓"),
    LEFT("←"),
    RIGHT("→"),
    SEARCH("Ctrl+F · /"),
    REGEX("Ctrl+R"),
    NEXT_MATCH("n"),
    PREVIOUS_MATCH("Shift+N"),
    CLEAR("Esc"),
    FLIP("i"),
    TABLE("t"),
    COPY_FRAME("Ctrl+C"),
    COPY_STACK("Ctrl+Shift+C"),
    HELP("?");

    private final String keys;

    FlameAction(String keys) {
        this.keys = keys;
    }

    /// The keys as a person reads them.
    String keys() {
        return keys;
    }
}
