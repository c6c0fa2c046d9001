package dev.weir.console.editing;

import dev.weir.model.Problem;

import java.util.ArrayList;
import java.util.List;

/// Reads typed numbers and remembers those that are none.
///
/// Confined to one thread.
public final class Numbers {
    private final List<Problem> problems = new ArrayList<>();

    /// The number, or `otherwise` with a problem noted where the text is none.
    public int whole(String text, String path, int otherwise) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException none) {
            problems.add(new Problem(path, "must be a whole number, is '" + text.strip() + "'"));
            return otherwise;
        }
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
