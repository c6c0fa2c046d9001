package dev.weir.console.flame;

import dev.weir.profile.FlameLayout;
import dev.weir.profile.FrameSearch;
import dev.weir.profile.InvalidPatternException;
import dev.weir.profile.SearchPattern;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// What a search found; immutable.
final class SearchOutcome {
    static final SearchOutcome NONE = new SearchOutcome("", null, new int[0], "");

    private final String text;
    private final @Nullable FrameSearch search;
    private final int[] matchesBefore;
    private final String problem;

    private SearchOutcome(
            String text, @Nullable FrameSearch search, int[] matchesBefore, String problem) {
        this.text = text;
        this.search = search;
        this.matchesBefore = matchesBefore;
        this.problem = problem;
    }

    static SearchOutcome of(FlameScene scene, SearchPattern pattern) {
        if (pattern.text().isEmpty()) {
            return NONE;
        }
        try {
            FrameSearch search = FrameSearch.of(scene.tree(), pattern);
            int[] before = matchesBefore(search, scene.layout(), scene.tree().size());
            return new SearchOutcome(pattern.text(), search, before, "");
        } catch (InvalidPatternException e) {
            String problem = e.getMessage();
            return new SearchOutcome(
                    pattern.text(), null, new int[0], problem == null ? "" : problem);
        }
    }

    /// Whether a pattern is being looked for.
    boolean isActive() {
        return search != null;
    }

    String text() {
        return text;
    }

    /// What is wrong with the pattern; empty when nothing is.
    String problem() {
        return problem;
    }

    int count() {
        return search == null ? 0 : search.count();
    }

    /// A matching frame, in the order of the call tree.
    int node(int index) {
        return search == null ? -1 : search.node(index);
    }

    boolean matches(int node) {
        return search != null && search.matches(node);
    }

    /// The matches' share of a subtree's room, 0 to 1.
    double shareWithin(int node) {
        return search == null ? 0 : search.shareWithin(node);
    }

    /// Whether any box of a run matches, without looking at each.
    boolean anyMatch(int fromBox, int toBox) {
        return search != null && matchesBefore[toBox] > matchesBefore[fromBox];
    }

    /// The index of the first match behind a node, wrapping around; -1 without matches.
    int indexAfter(int node, int step) {
        int count = count();
        if (count == 0) {
            return -1;
        }
        int[] nodes = new int[count];
        Arrays.setAll(nodes, this::node);
        int at = Arrays.binarySearch(nodes, node);
        int next = at >= 0 ? at + step : step > 0 ? -at - 1 : -at - 2;
        return Math.floorMod(next, count);
    }

    /// The number of a matching frame among the matches, from 1; 0 of others.
    int positionOf(int node) {
        for (int i = 0; i < count(); i++) {
            if (node(i) == node) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int[] matchesBefore(FrameSearch search, FlameLayout layout, int boxes) {
        int[] before = new int[boxes + 1];
        for (int box = 0; box < boxes; box++) {
            before[box + 1] = before[box] + (search.matches(layout.node(box)) ? 1 : 0);
        }
        return before;
    }
}
