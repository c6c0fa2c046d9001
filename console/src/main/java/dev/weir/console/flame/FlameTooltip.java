package dev.weir.console.flame;

import javafx.animation.PauseTransition;
import javafx.geometry.Point2D;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/// Repeats the details beside the pointer once it rests on a frame.
///
/// A tooltip of the toolkit belongs to a node, not to a place in it, hence the clock of its own.
final class FlameTooltip {
    private static final Duration REST = Duration.millis(300);
    private static final double BESIDE = 14;

    private final FlameCanvas canvas;
    private final FlameGraphViewModel model;
    private final Tooltip tooltip = new Tooltip();
    private final PauseTransition rest = new PauseTransition(REST);
    private double x;
    private double y;

    FlameTooltip(FlameCanvas canvas, FlameGraphViewModel model) {
        this.canvas = canvas;
        this.model = model;
        tooltip.getStyleClass().add("flame-tooltip");
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(520);
        rest.setOnFinished(_ -> show());
        canvas.addEventHandler(
                MouseEvent.MOUSE_MOVED,
                event -> {
                    x = event.getX();
                    y = event.getY();
                });
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> hide());
        model.hoveredProperty().addListener(_ -> restart());
    }

    private void restart() {
        hide();
        if (model.hoveredProperty().get() >= 0) {
            rest.playFromStart();
        }
    }

    private void hide() {
        rest.stop();
        tooltip.hide();
    }

    private void show() {
        int node = model.hoveredProperty().get();
        Point2D place = canvas.localToScreen(x, y);
        if (node < 0 || place == null || canvas.getScene() == null) {
            return;
        }
        tooltip.setText(text(model.details(node)));
        tooltip.show(canvas, place.getX() + BESIDE, place.getY() + BESIDE);
    }

    private String text(FlameDetails details) {
        FlameTexts texts = model.texts();
        String unit = model.scene().sampleType().unit();
        String total =
                texts.text("details.total")
                        + " "
                        + texts.value(details.total(), unit)
                        + " · "
                        + texts.percent(details.ofTotal());
        String self = texts.text("details.self") + " " + texts.value(details.self(), unit);
        String change =
                details.compared()
                        ? "\n" + texts.text("details.change") + " " + texts.change(details.change())
                        : "";
        return texts.name(details) + "\n" + total + "\n" + self + change;
    }
}
