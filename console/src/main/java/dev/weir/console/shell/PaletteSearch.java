package dev.weir.console.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds actions whose words hold every typed word, the closest match first.
final class PaletteSearch {
    private PaletteSearch() {}

    static List<Action> find(List<Action> actions, String typed) {
        List<String> words =
                List.of(typed.strip().toLowerCase(Locale.ROOT).split("\\s+")).stream()
                        .filter(word -> !word.isEmpty())
                        .toList();
        return actions.stream()
                .filter(action -> words.stream().allMatch(word -> position(action, word) >= 0))
                .sorted(Comparator.comparingInt(action -> distance(action, words)))
                .toList();
    }

    /// The sort is stable, so that equally close actions keep their order.
    private static int distance(Action action, List<String> words) {
        return words.stream().mapToInt(word -> position(action, word)).sum();
    }

    private static int position(Action action, String word) {
        return action.text().toLowerCase(Locale.ROOT).indexOf(word);
    }
}
