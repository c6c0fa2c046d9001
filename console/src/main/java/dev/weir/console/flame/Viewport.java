package dev.weir.console.flame;

/// The part of a flame graph in view.
///
/// @param start left edge, in weight of the layout
/// @param end right edge, in weight of the layout; above `start`
/// @param top the first visible row counted from the root; may lie between two rows
record Viewport(double start, double end, double top) {
    /// Below this share of the whole, positions in double precision begin to stutter.
    private static final double SMALLEST_SHARE = 1e-10;

    static Viewport whole(double width) {
        return new Viewport(0, Math.max(1, width), 0);
    }

    double span() {
        return end - start;
    }

    /// The weight at a place given as a share of the view's width.
    double at(double share) {
        return start + share * span();
    }

    /// Shows the same point at the same place, everything else larger (factor above 1) or smaller.
    Viewport zoomed(double share, double factor, double whole) {
        double smallest = whole * SMALLEST_SHARE;
        double wanted = Math.clamp(span() / factor, Math.min(smallest, whole), whole);
        double left = at(share) - share * wanted;
        return shifted(left, wanted, whole);
    }

    /// Moves sideways by a share of the view's width.
    Viewport panned(double share, double whole) {
        return shifted(start + share * span(), span(), whole);
    }

    Viewport showing(double from, double to) {
        return new Viewport(from, Math.max(to, from + Math.ulp(from) * 4), top);
    }

    Viewport withTop(double row) {
        return new Viewport(start, end, row);
    }

    private Viewport shifted(double left, double width, double whole) {
        double from = Math.clamp(left, 0, Math.max(0, whole - width));
        return new Viewport(from, from + width, top);
    }
}
