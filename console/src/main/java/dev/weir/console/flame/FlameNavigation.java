package dev.weir.console.flame;

import dev.weir.profile.CallTree;
import dev.weir.profile.FlameLayout;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Which frame is zoomed to, what is in view, and the way back.
///
/// Belongs to the user interface's thread.
final class FlameNavigation {
    /// Narrower frames are not seen well enough to be called revealed, in pixels.
    private static final double READABLE = 24;

    /// So many callers stay above a frame that is zoomed to.
    private static final double ROWS_ABOVE = 3;

    private final ZoomHistory history = new ZoomHistory();
    private final ReadOnlyIntegerWrapper zoomRoot = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<Viewport> viewport =
            new ReadOnlyObjectWrapper<>(Viewport.whole(1));
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private double width = 1;
    private double rows = 1;
    private int allRows = 1;
    private boolean gesturing;

    ReadOnlyIntegerProperty zoomRootProperty() {
        return zoomRoot.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    int zoomRoot() {
        return zoomRoot.get();
    }

    Viewport viewport() {
        return viewport.get();
    }

    /// Tells the size of the view.
    ///
    /// @param pixels its width
    /// @param visibleRows how many rows fit, with fractions
    void resize(double pixels, double visibleRows) {
        width = Math.max(1, pixels);
        rows = Math.max(1, visibleRows);
        viewport.set(bounded(viewport()));
    }

    /// Begins anew with a scene, zoomed to one of its frames.
    void start(FlameScene scene, int node) {
        history.clear();
        allRows = scene.layout().rows();
        zoomRoot.set(0);
        viewport.set(Viewport.whole(scene.whole()));
        if (node > 0) {
            zoomTo(scene, node);
        }
        canGoBack.set(!history.isEmpty());
    }

    /// Gives a frame the whole width.
    void zoomTo(FlameScene scene, int node) {
        remember();
        gesturing = false;
        FlameLayout layout = scene.layout();
        int box = layout.box(node);
        int depth = scene.tree().depth(node);
        Viewport next = viewport().showing((double) layout.start(box), (double) layout.end(box));
        double top = next.top();
        if (node == 0) {
            top = 0;
        } else if (depth < top || depth > top + rows / 2) {
            top = depth - ROWS_ABOVE;
        }
        zoomRoot.set(node);
        viewport.set(bounded(next.withTop(top)));
    }

    /// Makes everything larger or smaller around a place.
    ///
    /// @param share the place, as a share of the view's width
    void zoomAt(FlameScene scene, double share, double factor) {
        rememberGesture();
        moveTo(scene, viewport().zoomed(share, factor, scene.whole()));
    }

    /// Moves the view.
    ///
    /// @param share to the right, as a share of the view's width
    /// @param down in rows away from the root
    void pan(FlameScene scene, double share, double down) {
        if (share != 0) {
            rememberGesture();
        }
        Viewport moved = viewport().panned(share, scene.whole());
        moveTo(scene, moved.withTop(moved.top() + down));
    }

    /// Returns to what was in view before the last zoom.
    void back() {
        ZoomHistory.Place place = history.pop(new ZoomHistory.Place(zoomRoot(), viewport()));
        gesturing = false;
        zoomRoot.set(place.zoomRoot());
        viewport.set(bounded(place.viewport()));
        canGoBack.set(!history.isEmpty());
    }

    /// Brings a frame into view; where it would be too narrow to read, by zooming to a frame around
    /// it.
    void reveal(FlameScene scene, int node) {
        CallTree tree = scene.tree();
        FlameLayout layout = scene.layout();
        int box = layout.box(node);
        double scale = width / viewport().span();
        boolean outside =
                layout.end(box) <= viewport().start() || layout.start(box) >= viewport().end();
        if ((layout.end(box) - layout.start(box)) * scale < 2 || outside) {
            int around = node;
            while (around > 0
                    && tree.weight(node) * width / Math.max(1, tree.weight(tree.parent(around)))
                            >= READABLE) {
                around = tree.parent(around);
            }
            zoomTo(scene, around);
        }
        int depth = tree.depth(node);
        double top = viewport().top();
        if (depth < top) {
            top = depth - 1;
        } else if (depth + 1 > top + rows) {
            top = depth + 2 - rows;
        }
        viewport.set(bounded(viewport().withTop(top)));
    }

    private void moveTo(FlameScene scene, Viewport next) {
        FlameLayout layout = scene.layout();
        int around = zoomRoot();
        while (around > 0
                && (layout.start(layout.box(around)) > next.start()
                        || layout.end(layout.box(around)) < next.end())) {
            around = scene.tree().parent(around);
        }
        zoomRoot.set(around);
        viewport.set(bounded(next));
    }

    private Viewport bounded(Viewport view) {
        // One empty row at the far end shows that the graph ends there.
        double last = Math.max(0, allRows + 1 - rows);
        return view.withTop(Math.clamp(view.top(), 0, last));
    }

    /// A gesture is many small steps: the way back leads to where it began.
    private void rememberGesture() {
        if (!gesturing) {
            remember();
            gesturing = true;
        }
    }

    private void remember() {
        history.push(new ZoomHistory.Place(zoomRoot(), viewport()));
        canGoBack.set(true);
    }
}
