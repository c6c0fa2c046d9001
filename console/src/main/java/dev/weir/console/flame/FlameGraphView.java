package dev.weir.console.flame;

import javafx.scene.control.Control;
import javafx.scene.control.Skin;

import java.util.Objects;

/// A flame graph with its toolbar, its table of functions and its details bar.
///
/// Follows the theme through AtlantaFX's looked-up colours. Belongs to the user interface's thread.
public final class FlameGraphView extends Control {
    private final FlameGraphViewModel model;
    private FilePicker filePicker =
            new WindowFilePicker(() -> getScene() == null ? null : getScene().getWindow());

    /// @param model decides what is shown
    public FlameGraphView(FlameGraphViewModel model) {
        this.model = model;
        getStyleClass().add("flame-graph");
        setFocusTraversable(false);
    }

    /// What is shown.
    public FlameGraphViewModel viewModel() {
        return model;
    }

    /// Replaces the dialog that asks where to save.
    public void setFilePicker(FilePicker picker) {
        filePicker = picker;
    }

    FilePicker filePicker() {
        return filePicker;
    }

    @Override
    public String getUserAgentStylesheet() {
        return Objects.requireNonNull(FlameGraphView.class.getResource("flame.css"))
                .toExternalForm();
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new FlameGraphSkin(this);
    }
}
