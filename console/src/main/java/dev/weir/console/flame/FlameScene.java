package dev.weir.console.flame;

import dev.weir.profile.CallTree;
import dev.weir.profile.FlameLayout;
import dev.weir.profile.FlameOrder;
import dev.weir.profile.FrameTable;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileDiff;
import dev.weir.profile.SampleType;
import dev.weir.profile.TopTable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One sample type of one source, laid out and counted; immutable, made away from the user
/// interface.
///
/// @param costs the tree that holds real costs: `tree` itself, or of a comparison the one of now
/// @param diff null when there is no baseline
/// @param greatestChange the largest absolute change of any frame, the end of the colour scale
record FlameScene(
        CallTree tree,
        FlameLayout layout,
        SampleType sampleType,
        CallTree costs,
        @Nullable ProfileDiff diff,
        double greatestChange,
        List<TopRow> top) {

    static final FlameScene EMPTY = emptyScene();

    static FlameScene of(FlameSource source, int sampleType, FlameOrder order) {
        SampleType type = source.sampleTypes().get(sampleType);
        return switch (source) {
            case FlameSource.Single(Profile profile) -> {
                CallTree tree = CallTree.of(profile, sampleType);
                List<TopRow> top = rows(TopTable.of(tree), tree.frames());
                yield new FlameScene(tree, FlameLayout.of(tree, order), type, tree, null, 0, top);
            }
            case FlameSource.Comparison(Profile baseline, Profile now) -> {
                CallTree before = CallTree.of(baseline, baseline.sampleTypes().indexOf(type));
                CallTree after = CallTree.of(now, now.sampleTypes().indexOf(type));
                ProfileDiff diff = ProfileDiff.between(before, after);
                yield new FlameScene(
                        diff.tree(),
                        FlameLayout.of(diff.tree(), order),
                        type,
                        after,
                        diff,
                        greatestChange(diff),
                        changedRows(before, after, diff.tree().frames()));
            }
        };
    }

    /// Whether there is anything to draw.
    boolean isEmpty() {
        return tree.weight(0) == 0;
    }

    /// The width of everything, in weight.
    double whole() {
        return tree.weight(0);
    }

    /// The cost of a frame and all it calls, in the unit of the sample type.
    long total(int node) {
        return diff == null ? tree.total(node) : diff.nowTotal(node);
    }

    /// The cost of a frame's own code, in the unit of the sample type.
    long self(int node) {
        return diff == null ? tree.self(node) : diff.nowSelf(node);
    }

    /// A frame's cost as a share of another's; 0 where that has none.
    double share(int node, int of) {
        return total(of) == 0 ? 0 : (double) total(node) / total(of);
    }

    /// The names that lead to a frame, root first.
    List<String> path(int node) {
        List<String> path = new ArrayList<>();
        for (int at = node; at > 0; at = tree.parent(at)) {
            path.addFirst(tree.name(at));
        }
        return path;
    }

    /// The frame that names lead to, as far as there is one.
    int find(List<String> path) {
        return find(tree, path);
    }

    /// The frame of [#costs] at the same place as a frame of [#tree], as far as there is one.
    int inCosts(int node) {
        return tree == costs ? node : find(costs, path(node));
    }

    private static int find(CallTree tree, List<String> path) {
        int at = 0;
        for (String name : path) {
            int child = tree.firstChild(at);
            while (child >= 0 && !tree.name(child).equals(name)) {
                child = tree.nextSibling(child);
            }
            if (child < 0) {
                return at;
            }
            at = child;
        }
        return at;
    }

    /// The widest frame of a function; -1 when there is none.
    int widest(int function) {
        int widest = -1;
        for (int node = 1; node < tree.size(); node++) {
            if (tree.function(node) == function
                    && (widest < 0 || tree.weight(node) > tree.weight(widest))) {
                widest = node;
            }
        }
        return widest;
    }

    private static FlameScene emptyScene() {
        CallTree tree = CallTree.empty();
        FlameLayout layout = FlameLayout.of(tree, FlameOrder.WEIGHT);
        return new FlameScene(tree, layout, tree.sampleType(), tree, null, 0, List.of());
    }

    private static double greatestChange(ProfileDiff diff) {
        double greatest = 0;
        for (int node = 1; node < diff.tree().size(); node++) {
            greatest = Math.max(greatest, Math.abs(diff.change(node)));
        }
        return greatest;
    }

    private static List<TopRow> rows(TopTable table, FrameTable frames) {
        return table.rows().stream()
                .map(row -> row(row, frames.module(row.function()), row.function(), table, 0))
                .toList();
    }

    /// Functions of either side; what is gone now has no cost but its change.
    private static List<TopRow> changedRows(CallTree before, CallTree after, FrameTable union) {
        Map<String, Integer> functions = new HashMap<>();
        for (int function = 0; function < union.functionCount(); function++) {
            functions.put(union.name(function), function);
        }
        TopTable then = TopTable.of(before);
        TopTable now = TopTable.of(after);
        Map<String, Double> sharesThen = new HashMap<>();
        then.rows().forEach(row -> sharesThen.put(row.name(), share(row.cum(), then.total())));
        List<TopRow> rows = new ArrayList<>();
        for (TopTable.Row row : now.rows()) {
            Double share = sharesThen.remove(row.name());
            double change = share(row.cum(), now.total()) - (share == null ? 0 : share);
            int function = functions.getOrDefault(row.name(), -1);
            rows.add(row(row, union.module(function), function, now, change));
        }
        sharesThen.forEach((name, share) -> {
            int function = functions.getOrDefault(name, -1);
            TopTable.Row gone = new TopTable.Row(function, name, 0, 0);
            rows.add(row(gone, union.module(function), function, now, -share));
        });
        return List.copyOf(rows);
    }

    private static TopRow row(
            TopTable.Row row, String module, int function, TopTable table, double change) {
        return new TopRow(
                function,
                row.name(),
                module,
                row.flat(),
                share(row.flat(), table.total()),
                row.cum(),
                share(row.cum(), table.total()),
                change);
    }

    private static double share(long value, long total) {
        return total == 0 ? 0 : (double) value / total;
    }
}
