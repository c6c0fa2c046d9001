package dev.weir.console.flame;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Asks the operator where to save; its own interface since tests have no dialogs.
@FunctionalInterface
public interface FilePicker {

    /// Waits for the answer.
    ///
    /// @param suggestedName a file name with its extension
    /// @return null when the operator changed their mind
    @Nullable Path choose(String suggestedName);
}
