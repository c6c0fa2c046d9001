package dev.weir.console.dashboard;

import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/// Lines over the last minutes, drawn on a canvas as large as the view: one column of pixels shows
/// the lowest and the highest of what falls into it, and a gap stays a gap.
///
/// Confined to the user interface's thread.
public final class TimeChart extends Region {
    private static final StyleablePropertyFactory<TimeChart> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final CssMetaData<TimeChart, Paint> FIRST =
            FACTORY.createPaintCssMetaData("-weir-first-line", it -> it.first, Color.BLUE, false);
    private static final CssMetaData<TimeChart, Paint> SECOND =
            FACTORY.createPaintCssMetaData("-weir-second-line", it -> it.second, Color.RED, false);
    private static final CssMetaData<TimeChart, Paint> GRID =
            FACTORY.createPaintCssMetaData("-weir-grid", it -> it.grid, Color.GRAY, false);
    private static final CssMetaData<TimeChart, Paint> TEXT =
            FACTORY.createPaintCssMetaData("-weir-text", it -> it.text, Color.GRAY, false);

    private static final double LEFT = 48;
    private static final double BOTTOM = 18;
    private static final double TOP = 6;
    private static final double RIGHT = 8;
    private static final int GRID_LINES = 3;

    /// Three missed rounds break the line.
    private static final long GAP = 3_500;

    private final StyleableObjectProperty<Paint> first = styled(FIRST, "firstLine");
    private final StyleableObjectProperty<Paint> second = styled(SECOND, "secondLine");
    private final StyleableObjectProperty<Paint> grid = styled(GRID, "grid");
    private final StyleableObjectProperty<Paint> text = styled(TEXT, "text");

    private final Canvas canvas = new Canvas();
    private final List<TimeSeries> lines;
    private final DoubleFunction<String> format;
    private final LongFunction<String> clock;
    private long now;
    private ChartSpan chartSpan = ChartSpan.ONE_MINUTE;

    /// @param lines one or two
    /// @param format a value at the left edge
    /// @param clock a time at the lower edge
    TimeChart(List<TimeSeries> lines, DoubleFunction<String> format, LongFunction<String> clock) {
        this.lines = lines;
        this.format = format;
        this.clock = clock;
        getStyleClass().add("time-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        setMinSize(120, 60);
    }

    /// Draws the lines as they are now.
    void draw(long time, ChartSpan span) {
        now = time;
        chartSpan = span;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        paint();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    private void paint() {
        GraphicsContext ink = canvas.getGraphicsContext2D();
        ink.clearRect(0, 0, getWidth(), getHeight());
        double width = getWidth() - LEFT - RIGHT;
        double height = getHeight() - TOP - BOTTOM;
        if (width < 20 || height < 20) {
            return;
        }
        long span = chartSpan.length().toMillis();
        double highest =
                lines.stream()
                        .mapToDouble(line -> line.highest(now - span))
                        .filter(value -> !Double.isNaN(value))
                        .max()
                        .orElse(0);
        double top = Scale.top(highest);
        paintGrid(ink, width, height, top);
        for (int i = lines.size() - 1; i >= 0; i--) {
            paintLine(ink, lines.get(i), i == 0 ? first.get() : second.get(), top, i == 0);
        }
    }

    private void paintGrid(GraphicsContext ink, double width, double height, double top) {
        ink.setFont(Font.font(getFontFamily(), 11));
        ink.setLineWidth(1);
        ink.setTextBaseline(VPos.CENTER);
        ink.setTextAlign(TextAlignment.RIGHT);
        for (int i = 0; i <= GRID_LINES; i++) {
            double y = Math.round(TOP + height - height * i / GRID_LINES) + 0.5;
            ink.setStroke(grid.get());
            ink.strokeLine(LEFT, y, LEFT + width, y);
            ink.setFill(text.get());
            ink.fillText(format.apply(top * i / GRID_LINES), LEFT - 6, y);
        }
        ink.setTextAlign(TextAlignment.CENTER);
        ink.setTextBaseline(VPos.TOP);
        long span = chartSpan.length().toMillis();
        long tick = chartSpan.tick().toMillis();
        double room = width * tick / span / 2;
        for (long time = now - now % tick; time > now - span; time -= tick) {
            double x = LEFT + width - width * (now - time) / span;
            if (x > LEFT + room / 2 && x < LEFT + width - room / 2) {
                ink.fillText(clock.apply(time), x, TOP + height + 4);
            }
        }
    }

    private void paintLine(
            GraphicsContext ink, TimeSeries line, Paint colour, double top, boolean filled) {
        double height = getHeight() - TOP - BOTTOM;
        int columns = (int) (getWidth() - LEFT - RIGHT);
        long span = chartSpan.length().toMillis();
        Decimation reduced = Decimation.of(line, now - span, now, columns, GAP);
        ink.setStroke(colour);
        ink.setLineWidth(1.5);
        double lastX = 0;
        double lastY = 0;
        for (int column = 0; column < columns; column++) {
            if (reduced.isEmpty(column)) {
                continue;
            }
            double x = LEFT + column + 0.5;
            double enter = TOP + height * (1 - reduced.first(column) / top);
            if (reduced.isJoined(column) && lastX > 0) {
                if (filled) {
                    area(ink, colour, lastX, lastY, x, enter);
                }
                ink.strokeLine(lastX, lastY, x, enter);
            } else {
                ink.strokeLine(x, enter, x, enter);
            }
            ink.strokeLine(
                    x,
                    TOP + height * (1 - reduced.lowest(column) / top),
                    x,
                    TOP + height * (1 - reduced.highest(column) / top));
            lastX = x;
            lastY = TOP + height * (1 - reduced.last(column) / top);
        }
    }

    private void area(
            GraphicsContext ink, Paint colour, double x1, double y1, double x2, double y2) {
        double floor = getHeight() - BOTTOM;
        ink.setGlobalAlpha(0.12);
        ink.setFill(colour);
        ink.fillPolygon(new double[] {x1, x2, x2, x1}, new double[] {y1, y2, floor, floor}, 4);
        ink.setGlobalAlpha(1);
    }

    private static String getFontFamily() {
        return Font.getDefault().getFamily();
    }

    private StyleableObjectProperty<Paint> styled(CssMetaData<TimeChart, Paint> meta, String name) {
        return new SimpleStyleableObjectProperty<>(meta, this, name, Color.GRAY) {
            @Override
            protected void invalidated() {
                requestLayout();
            }
        };
    }
}
