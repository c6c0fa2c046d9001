package dev.weir.console.flame;

import dev.weir.profile.FlameLayout;

/// Steps from frame to frame as the arrow keys do.
enum FrameWalk {
    PARENT,
    CHILD,
    LEFT,
    RIGHT;

    /// The frame that a step leads to; the same one where the graph ends.
    int from(int node, FlameScene scene) {
        FlameLayout layout = scene.layout();
        int row = scene.tree().depth(node);
        int box = layout.box(node);
        return switch (this) {
            case PARENT -> Math.max(0, scene.tree().parent(node));
            case CHILD -> {
                int child = layout.nodeAt(row + 1, (double) layout.start(box));
                yield child >= 0 && scene.tree().parent(child) == node ? child : node;
            }
            case LEFT -> box > layout.rowStart(row) ? layout.node(box - 1) : node;
            case RIGHT -> box + 1 < layout.rowEnd(row) ? layout.node(box + 1) : node;
        };
    }
}
