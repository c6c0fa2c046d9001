package dev.weir.console.flame;

import javafx.stage.FileChooser;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Supplier;

/// The operating system's own dialog.
final class WindowFilePicker implements FilePicker {
    private final Supplier<@Nullable Window> owner;

    WindowFilePicker(Supplier<@Nullable Window> owner) {
        this.owner = owner;
    }

    @Override
    public @Nullable Path choose(String suggestedName) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName(suggestedName);
        File chosen = chooser.showSaveDialog(owner.get());
        return chosen == null ? null : chosen.toPath();
    }
}
