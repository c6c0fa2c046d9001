package dev.weir.console.flame;

import dev.weir.profile.FlameLayout;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

import java.util.function.Function;

/// Draws what is in view of a flame graph; belongs to the user interface's thread.
final class FlamePainter implements FrameRuns.Sink {
    static final double ROW_HEIGHT = 21;

    private static final double LABEL_FROM = 24;
    private static final double LABEL_PADDING = 5;
    private static final int MOST_LABELS = 3_000;
    private static final double DIMMED = 0.72;

    private final GraphicsContext graphics;
    private final FramePaints paints;
    private final Elision elision;
    private final FlameTexts texts;
    private final Function<FlameColor, Color> theme;

    private Picture picture;
    private double y;
    private int row;
    private int labels;

    /// What to draw.
    ///
    /// @param height of the view in pixels; its width likewise
    record Picture(
            FlameScene scene,
            Viewport view,
            SearchOutcome search,
            int zoomRoot,
            int selected,
            int hovered,
            boolean icicle,
            double width,
            double height) {

        /// The top edge of a row.
        double y(int ofRow) {
            double down = (ofRow - view.top()) * ROW_HEIGHT;
            return icicle ? down : height - down - ROW_HEIGHT;
        }

        /// The row at a height.
        int rowAt(double atY) {
            double down = icicle ? atY : height - atY;
            return (int) Math.floor(down / ROW_HEIGHT + view.top());
        }

        /// The frame at a point; -1 where there is none.
        int nodeAt(double x, double atY) {
            if (x < 0 || x >= width || atY < 0 || atY >= height) {
                return -1;
            }
            return scene.layout().nodeAt(rowAt(atY), view.at(x / width));
        }
    }

    FlamePainter(
            GraphicsContext graphics,
            Picture picture,
            FramePaints paints,
            Elision elision,
            FlameTexts texts,
            Function<FlameColor, Color> theme) {
        this.graphics = graphics;
        this.picture = picture;
        this.paints = paints;
        this.elision = elision;
        this.texts = texts;
        this.theme = theme;
    }

    void paint() {
        graphics.setFill(theme.apply(FlameColor.BACKGROUND));
        graphics.fillRect(0, 0, picture.width(), picture.height());
        if (picture.scene().isEmpty()) {
            return;
        }
        graphics.setFont(elision.font());
        graphics.setTextBaseline(VPos.CENTER);
        FlameLayout layout = picture.scene().layout();
        int first = (int) Math.max(0, Math.floor(picture.view().top()));
        int last = (int) Math.ceil(picture.view().top() + picture.height() / ROW_HEIGHT);
        for (row = first; row < Math.min(last, layout.rows()); row++) {
            y = Math.rint(picture.y(row));
            FrameRuns.visit(layout, row, picture.view(), picture.width(), this);
        }
        outline(picture.hovered(), theme.apply(FlameColor.HOVER), 1);
        outline(picture.selected(), theme.apply(FlameColor.SELECTION), 2);
    }

    @Override
    public void frame(int box, double left, double right) {
        int node = picture.scene().layout().node(box);
        double from = Math.rint(left);
        double to = Math.max(from + 1, Math.rint(right));
        // A gap of one pixel parts neighbours where there is room for it.
        double width = to - from > 3 ? to - from - 1 : to - from;
        boolean dimmed = isDimmed(node);
        Color fill = fill(node, dimmed);
        graphics.setFill(fill);
        graphics.fillRect(from, y, width, ROW_HEIGHT - 1);
        if (width >= LABEL_FROM && labels < MOST_LABELS) {
            label(node, from, width, dimmed);
        }
    }

    @Override
    public void slivers(int fromBox, int toBox, double left) {
        int node = picture.scene().layout().node(fromBox);
        Color background = theme.apply(FlameColor.BACKGROUND);
        boolean matched = picture.search().anyMatch(fromBox, toBox);
        Color fill = matched ? theme.apply(FlameColor.MATCH) : fill(node, isDimmed(node));
        // More frames in a pixel are drawn denser, so that a crowd never looks like nothing.
        int crowd = 32 - Integer.numberOfLeadingZeros(toBox - fromBox);
        graphics.setFill(
                fill.interpolate(background, matched ? 0 : Math.max(0, 0.5 - 0.1 * crowd)));
        graphics.fillRect(left, y, 1, ROW_HEIGHT - 1);
    }

    private Color fill(int node, boolean dimmed) {
        if (picture.search().matches(node)) {
            return theme.apply(FlameColor.MATCH);
        }
        Color own = paints.of(node);
        return dimmed ? own.interpolate(theme.apply(FlameColor.BACKGROUND), DIMMED) : own;
    }

    /// While something is searched the rest steps back; so do the callers of what is zoomed to.
    private boolean isDimmed(int node) {
        return (picture.search().isActive() && !picture.search().matches(node))
                || (!picture.search().isActive() && isCallerOfZoom(node));
    }

    private boolean isCallerOfZoom(int node) {
        int zoomRoot = picture.zoomRoot();
        return node < zoomRoot && zoomRoot < picture.scene().tree().end(node);
    }

    private void label(int node, double from, double width, boolean dimmed) {
        String name = node == 0 ? texts.text("frame.all") : picture.scene().tree().name(node);
        String shown = elision.fit(name, width - 2 * LABEL_PADDING);
        if (!shown.isEmpty()) {
            labels++;
            graphics.setFill(theme.apply(dimmed ? FlameColor.MUTED_TEXT : FlameColor.TEXT));
            graphics.fillText(shown, from + LABEL_PADDING, y + (ROW_HEIGHT - 1) / 2);
        }
    }

    private void outline(int node, Color color, double thickness) {
        if (node < 0) {
            return;
        }
        FlameLayout layout = picture.scene().layout();
        int box = layout.box(node);
        double scale = picture.width() / picture.view().span();
        double left = Math.max(0, (layout.start(box) - picture.view().start()) * scale);
        double right =
                Math.min(picture.width(), (layout.end(box) - picture.view().start()) * scale);
        if (right <= 0 || left >= picture.width()) {
            return;
        }
        double top = Math.rint(picture.y(picture.scene().tree().depth(node)));
        double width = Math.max(3, Math.rint(right) - Math.rint(left));
        graphics.setStroke(color);
        graphics.setLineWidth(thickness);
        double inset = thickness / 2;
        graphics.strokeRect(
                Math.rint(left) + inset, top + inset, width - thickness, ROW_HEIGHT - thickness);
    }
}
