package dev.weir.console.flame;

import dev.weir.profile.CallTree;
import dev.weir.profile.FrameKind;
import dev.weir.profile.ProfileDiff;

/// Everything to say about one frame.
///
/// @param name empty of the root
/// @param source file and line, as far as known
/// @param change the share of the whole now less that in the baseline; 0 without one
record FlameDetails(
        int node,
        String name,
        String module,
        FrameKind kind,
        String source,
        long self,
        long total,
        double ofTotal,
        double ofParent,
        double ofZoom,
        boolean compared,
        long baselineTotal,
        double change,
        int children) {

    static FlameDetails of(FlameScene scene, int node, int zoomRoot) {
        CallTree tree = scene.tree();
        boolean root = node == 0;
        int function = tree.function(node);
        int line = root ? 0 : tree.frames().siteLine(tree.site(node));
        String file = root ? "" : tree.frames().file(function);
        int children = 0;
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            children++;
        }
        ProfileDiff diff = scene.diff();
        return new FlameDetails(
                node,
                tree.name(node),
                root ? "" : tree.frames().module(function),
                root ? FrameKind.PLAIN : tree.frames().siteKind(tree.site(node)),
                line > 0 ? (file.isEmpty() ? ":" : file + ":") + line : file,
                scene.self(node),
                scene.total(node),
                scene.share(node, 0),
                scene.share(node, Math.max(0, tree.parent(node))),
                scene.share(node, zoomRoot),
                diff != null,
                diff == null ? 0 : diff.baselineTotal(node),
                diff == null ? 0 : diff.change(node),
                children);
    }
}
