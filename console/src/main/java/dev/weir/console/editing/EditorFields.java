package dev.weir.console.editing;

import javafx.scene.Node;

/// The fields of one kind of resource with the review beside them.
///
/// Confined to the user interface's thread.
public interface EditorFields {

    Node node();

    /// Ends the listening to the editor, which lives on.
    void close();
}
