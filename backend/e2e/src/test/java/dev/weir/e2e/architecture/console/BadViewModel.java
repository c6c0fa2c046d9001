package dev.weir.e2e.architecture.console;

import javafx.scene.control.Label;

/// A broken sample for the architecture test: a ViewModel that holds a node of the scene.
public final class BadViewModel {
    private final Label label = new Label();

    Label label() {
        return label;
    }
}
