package dev.weir.console.flame;

import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

/// Turns the pointer's doings on the canvas into the view model's steps.
///
/// Belongs to the user interface's thread.
final class FlameGestures {
    private static final double DRAG_FROM = 4;
    private static final double WHEEL_STEP = 1.2;
    private static final double WHEEL_NOTCH = 40;

    private final FlameCanvas canvas;
    private final FlameGraphViewModel model;
    private double pressedX;
    private double pressedY;
    private double lastX;
    private double lastY;
    private boolean dragging;

    FlameGestures(FlameCanvas canvas, FlameGraphViewModel model) {
        this.canvas = canvas;
        this.model = model;
        canvas.setOnMouseMoved(event -> model.hover(nodeAt(event)));
        canvas.setOnMouseExited(_ -> model.hover(-1));
        canvas.setOnMousePressed(this::press);
        canvas.setOnMouseDragged(this::drag);
        canvas.setOnMouseClicked(this::click);
        canvas.setOnScroll(this::scroll);
        canvas.setOnZoom(this::pinch);
    }

    private void press(MouseEvent event) {
        canvas.requestFocus();
        pressedX = lastX = event.getX();
        pressedY = lastY = event.getY();
        dragging = false;
    }

    private void drag(MouseEvent event) {
        dragging |= Math.hypot(event.getX() - pressedX, event.getY() - pressedY) >= DRAG_FROM;
        if (dragging) {
            move(event.getX() - lastX, event.getY() - lastY);
            lastX = event.getX();
            lastY = event.getY();
        }
    }

    private void click(MouseEvent event) {
        if (dragging || event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        int node = nodeAt(event);
        model.select(node);
        if (node >= 0 && event.getClickCount() == 2) {
            model.perform(FlameAction.ZOOM);
        }
    }

    private void scroll(ScrollEvent event) {
        if (event.isShortcutDown() || event.isControlDown()) {
            double notches = event.getDeltaY() / WHEEL_NOTCH;
            zoom(event.getX(), Math.pow(WHEEL_STEP, notches));
        } else if (event.isShiftDown()) {
            // Some systems turn the wheel's axis themselves while shift is down.
            move(event.getDeltaX() + event.getDeltaY(), 0);
        } else {
            move(event.getDeltaX(), event.getDeltaY());
        }
        model.hover(canvas.picture().nodeAt(event.getX(), event.getY()));
        event.consume();
    }

    private void pinch(ZoomEvent event) {
        zoom(event.getX(), event.getZoomFactor());
        event.consume();
    }

    private void zoom(double x, double factor) {
        if (factor > 0) {
            model.navigation().zoomAt(model.scene(), x / canvas.getWidth(), factor);
        }
    }

    /// Moves the graph with the pointer, in pixels.
    private void move(double right, double down) {
        double away = (model.icicleProperty().get() ? -down : down) / FlamePainter.ROW_HEIGHT;
        model.navigation().pan(model.scene(), -right / canvas.getWidth(), away);
    }

    private int nodeAt(MouseEvent event) {
        return canvas.picture().nodeAt(event.getX(), event.getY());
    }
}
