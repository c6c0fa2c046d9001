package dev.weir.console.flame;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// Explains the colours of a comparison; not there without one.
final class FlameLegend extends HBox {
    private static final double WIDTH = 220;
    private static final double HEIGHT = 10;

    private final FlameGraphViewModel model;
    private final FlameCanvas graph;
    private final Canvas scale = new Canvas(WIDTH, HEIGHT);
    private final Label less = new Label();
    private final Label more = new Label();

    /// @param graph has the colours
    FlameLegend(FlameGraphViewModel model, FlameCanvas graph) {
        this.model = model;
        this.graph = graph;
        getStyleClass().add("flame-legend");
        Label note = new Label(model.texts().text("legend.note"));
        note.getStyleClass().add("flame-legend-note");
        getChildren().addAll(less, scale, more, note);
        model.sceneProperty().subscribe(this::update);
        // by value: an invalidation that nobody reads would come once and never again
        graph.needsLayoutProperty().subscribe(_ -> draw());
        update();
    }

    private void update() {
        FlameScene scene = model.scene();
        boolean compared = scene.diff() != null;
        setVisible(compared);
        setManaged(compared);
        if (compared) {
            FlameTexts texts = model.texts();
            less.setText(texts.change(-scene.greatestChange()) + "  " + texts.text("legend.less"));
            more.setText(texts.text("legend.more") + "  " + texts.change(scene.greatestChange()));
            draw();
        }
    }

    private void draw() {
        if (!isVisible()) {
            return;
        }
        GraphicsContext graphics = scale.getGraphicsContext2D();
        FramePaints paints = graph.paints();
        for (int x = 0; x < WIDTH; x++) {
            graphics.setFill(paints.ofChange(2 * x / WIDTH - 1));
            graphics.fillRect(x, 0, 1, HEIGHT);
        }
    }
}
