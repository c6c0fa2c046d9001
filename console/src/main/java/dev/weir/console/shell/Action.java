package dev.weir.console.shell;

import org.jspecify.annotations.Nullable;

/// Something that the operator can do, by palette, by key or by button.
///
/// @param key the text's key; also its identity
/// @param text the words, in the language in use
/// @param shortcut in the form of `KeyCombination.valueOf`, such as `Shortcut+S`, or null
public record Action(String key, String text, @Nullable String shortcut, Runnable run) {

    /// The shortcut as it is printed on keys, empty where there is none.
    public String keys() {
        return shortcut == null ? "" : shortcut.replace("Shortcut", "Ctrl").replace("Digit", "");
    }
}
