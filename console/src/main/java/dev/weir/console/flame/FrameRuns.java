package dev.weir.console.flame;

import dev.weir.profile.FlameLayout;

/// Finds what of one row is to be drawn: single frames, and runs of frames too narrow for a pixel.
///
/// The cost is in pixels: the first visible frame is found by binary search, narrow ones are leapt
/// over a pixel column at a time.
final class FrameRuns {

    private FrameRuns() {}

    /// Takes what is found, from left to right.
    interface Sink {
        /// A frame at least one pixel wide; `left` and `right` in pixels, cut off at the view's
        /// edges.
        void frame(int box, double left, double right);

        /// One pixel column that holds frames narrower than itself: the boxes from one to another.
        void slivers(int fromBox, int toBox, double left);
    }

    static void visit(FlameLayout layout, int row, Viewport view, double pixels, Sink sink) {
        double scale = pixels / view.span();
        int rowEnd = layout.rowEnd(row);
        int box = layout.firstEndingAfter(row, layout.rowStart(row), view.start());
        while (box < rowEnd && layout.start(box) < view.end()) {
            double left = (layout.start(box) - view.start()) * scale;
            double right = (layout.end(box) - view.start()) * scale;
            if (right - left >= 1) {
                sink.frame(box, Math.max(0, left), Math.min(pixels, right));
                box++;
            } else {
                double column = Math.floor(Math.max(0, left));
                double columnEnd = view.start() + (column + 1) / scale;
                int next = Math.max(box + 1, layout.firstEndingAfter(row, box, columnEnd));
                sink.slivers(box, next, column);
                box = next;
            }
        }
    }
}
