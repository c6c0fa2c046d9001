package dev.weir.profile;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The functions of a call tree by cost, as `go tool pprof -top` counts them.
///
/// @param rows by falling absolute flat cost, then by name
/// @param total the cost of everything in view, in the unit of the sample type
public record TopTable(List<Row> rows, long total) {

    /// One function.
    ///
    /// @param function in the tree's [FrameTable]
    /// @param flat the cost of its own code
    /// @param cum the cost of the samples it occurs in, each counted once however often it recurs
    public record Row(int function, String name, long flat, long cum) {}

    public TopTable {
        rows = List.copyOf(rows);
    }

    /// The table of the whole tree.
    public static TopTable of(CallTree tree) {
        return of(tree, 0);
    }

    /// The table of one subtree, its root included.
    public static TopTable of(CallTree tree, int root) {
        int functions = tree.frames().functionCount();
        long[] flat = new long[functions];
        long[] cum = new long[functions];
        boolean[] seen = new boolean[functions];
        int[] outermostEnd = new int[functions];
        for (int node = Math.max(root, 1); node < tree.end(root); node++) {
            int function = tree.function(node);
            seen[function] = true;
            flat[function] += tree.self(node);
            if (node >= outermostEnd[function]) {
                cum[function] += tree.total(node);
                outermostEnd[function] = tree.end(node);
            }
        }
        Row[] rows =
                IntStream.range(0, functions)
                        .filter(f -> seen[f])
                        .mapToObj(f -> new Row(f, tree.frames().name(f), flat[f], cum[f]))
                        .toArray(Row[]::new);
        Arrays.sort(
                rows,
                Comparator.comparingLong((Row row) -> -Math.abs(row.flat()))
                        .thenComparing(Row::name));
        return new TopTable(List.of(rows), tree.total(root));
    }
}
