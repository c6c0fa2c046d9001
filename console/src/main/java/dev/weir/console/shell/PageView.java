package dev.weir.console.shell;

import javafx.scene.Node;

import java.util.List;

/// What a tab holds. Confined to the user interface's thread.
public interface PageView {

    Node node();

    /// What can be done here, for the command palette and the keyboard.
    default List<Action> actions() {
        return List.of();
    }

    /// The tab came to the front.
    default void shown() {}

    /// Another tab came to the front.
    default void hidden() {}

    /// The tab is gone; nothing may call back into it.
    default void close() {}
}
