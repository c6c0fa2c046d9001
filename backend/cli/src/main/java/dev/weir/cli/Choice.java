package dev.weir.cli;

import dev.weir.api.Words;
import dev.weir.model.Names;

import java.util.List;

/// One word of a few that are known.
final class Choice {
    private Choice() {}

    /// The constant that a typed word names.
    ///
    /// @param called what the words are, such as `role`
    /// @throws UsageException with the nearest word, or all of them where none is near
    static <E extends Enum<E>> E of(Class<E> type, String called, String word)
            throws UsageException {
        List<String> words = Words.all(type);
        return Words.parse(type, word)
                .orElseThrow(() ->
                        new UsageException(
                                "'"
                                        + word
                                        + "' is no "
                                        + called
                                        + Names.nearest(word, words)
                                                .map(near -> "; did you mean '" + near + "'?")
                                                .orElse(
                                                        "; there are "
                                                                + String.join(", ", words))));
    }
}
