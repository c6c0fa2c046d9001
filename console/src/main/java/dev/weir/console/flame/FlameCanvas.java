package dev.weir.console.flame;

import javafx.beans.Observable;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The drawn part of a flame graph: one canvas as large as what is in view, never as the graph.
///
/// Whatever changes only asks for a layout, so it is painted at most once in a pulse.
final class FlameCanvas extends Region {
    private static final StyleablePropertyFactory<FlameCanvas> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final Map<FlameColor, CssMetaData<FlameCanvas, Color>> COLORS = colorMetaData();
    private static final CssMetaData<FlameCanvas, Font> FONT =
            FACTORY.createFontCssMetaData(
                    "-weir-flame-font", canvas -> canvas.font, Font.getDefault());

    private final FlameGraphViewModel model;
    private final Canvas canvas = new Canvas();
    private final Map<FlameColor, StyleableObjectProperty<Color>> colors =
            new EnumMap<>(FlameColor.class);
    private final StyleableObjectProperty<Font> font =
            new SimpleStyleableObjectProperty<>(FONT, this, "font", Font.getDefault());
    private @Nullable FramePaints paints;
    private @Nullable Elision elision;

    FlameCanvas(FlameGraphViewModel model) {
        this.model = model;
        getStyleClass().add("flame-canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TREE_ITEM);
        canvas.setManaged(false);
        getChildren().add(canvas);
        for (FlameColor color : FlameColor.values()) {
            var property =
                    new SimpleStyleableObjectProperty<>(
                            Objects.requireNonNull(COLORS.get(color)),
                            this,
                            color.name(),
                            color.initial());
            property.addListener(_ -> recolor());
            colors.put(color, property);
        }
        font.addListener(_ -> {
            elision = null;
            requestLayout();
        });
        model.sceneProperty().addListener(_ -> recolor());
        for (Observable seen :
                List.of(
                        model.navigation().viewportProperty(),
                        model.navigation().zoomRootProperty(),
                        model.searchProperty(),
                        model.selectedProperty(),
                        model.hoveredProperty(),
                        model.icicleProperty())) {
            seen.addListener(_ -> requestLayout());
        }
        new FlameGestures(this, model);
        new FlameTooltip(this, model);
        model.selectedProperty().subscribe(this::describe);
        model.sceneProperty().subscribe(this::describe);
    }

    /// What is on screen now.
    FlamePainter.Picture picture() {
        return new FlamePainter.Picture(
                model.scene(),
                model.navigation().viewport(),
                model.searchProperty().get(),
                model.navigation().zoomRoot(),
                model.selectedProperty().get(),
                model.hoveredProperty().get(),
                model.icicleProperty().get(),
                getWidth(),
                getHeight());
    }

    /// The picture as an image, one pixel for each of the view's.
    WritableImage image() {
        layout();
        return canvas.snapshot(null, null);
    }

    Color color(FlameColor color) {
        return Objects.requireNonNull(colors.get(color)).get();
    }

    FramePaints paints() {
        if (paints == null) {
            paints = new FramePaints(model.scene(), this::color);
        }
        return paints;
    }

    /// Paints: a layout is what a pulse grants at most once.
    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (width < 1 || height < 1) {
            return;
        }
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            model.navigation().resize(width, height / FlamePainter.ROW_HEIGHT);
        }
        if (elision == null) {
            elision = new Elision(font.get());
        }
        new FlamePainter(
                        canvas.getGraphicsContext2D(),
                        picture(),
                        paints(),
                        elision,
                        model.texts(),
                        this::color)
                .paint();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        List<CssMetaData<? extends Styleable, ?>> all =
                new ArrayList<>(Region.getClassCssMetaData());
        all.addAll(COLORS.values());
        all.add(FONT);
        return all;
    }

    private void recolor() {
        paints = null;
        requestLayout();
    }

    private void describe() {
        FlameTexts texts = model.texts();
        FlameDetails details = model.details(Math.max(0, model.selectedProperty().get()));
        String unit = model.scene().sampleType().unit();
        setAccessibleText(
                texts.text(
                        "details.accessible",
                        texts.name(details),
                        texts.percent(details.ofTotal()),
                        texts.value(details.self(), unit),
                        texts.count(details.children())));
    }

    private static Map<FlameColor, CssMetaData<FlameCanvas, Color>> colorMetaData() {
        Map<FlameColor, CssMetaData<FlameCanvas, Color>> all = new EnumMap<>(FlameColor.class);
        for (FlameColor color : FlameColor.values()) {
            all.put(
                    color,
                    FACTORY.createColorCssMetaData(
                            color.property(),
                            canvas -> Objects.requireNonNull(canvas.colors.get(color)),
                            color.initial()));
        }
        return all;
    }
}
