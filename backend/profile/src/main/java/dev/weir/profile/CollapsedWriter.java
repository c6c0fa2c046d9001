package dev.weir.profile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Writes a call tree, or a part of it, as collapsed stacks that [ProfileReader] reads back.
public final class CollapsedWriter {

    private CollapsedWriter() {}

    /// Writes the stacks of one subtree with the frames that lead to it, each line ended by `\n`.
    ///
    /// Frames that the format cannot hold have their semicolons turned into colons.
    public static void write(CallTree tree, int root, Appendable out) throws IOException {
        StringBuilder path = new StringBuilder();
        int[] lengthAt = new int[tree.maxDepth() + 1];
        for (int node : pathTo(tree, root)) {
            append(tree, node, path, lengthAt);
        }
        for (int node = root; node < tree.end(root); node++) {
            append(tree, node, path, lengthAt);
            if (tree.self(node) != 0 && node > 0) {
                out.append(path).append(' ').append(Long.toString(tree.self(node))).append('\n');
            }
        }
    }

    private static void append(CallTree tree, int node, StringBuilder path, int[] lengthAt) {
        int depth = tree.depth(node);
        if (node == 0) {
            return;
        }
        path.setLength(lengthAt[depth - 1]);
        if (depth > 1) {
            path.append(';');
        }
        path.append(frame(tree.name(node)));
        lengthAt[depth] = path.length();
    }

    private static List<Integer> pathTo(CallTree tree, int node) {
        List<Integer> path = new ArrayList<>();
        for (int at = tree.parent(node); at > 0; at = tree.parent(at)) {
            path.addFirst(at);
        }
        return path;
    }

    private static String frame(String name) {
        String line = name.replace('\n', ' ').replace('\r', ' ');
        List<String> frames = new ArrayList<>();
        CollapsedFrames.split(line, frames);
        return frames.equals(List.of(line)) ? line : line.replace(';', ':');
    }
}
