package dev.weir.console.flame;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;

import java.util.function.Consumer;

/// What can be done with the frame under the pointer.
final class FlameMenu {
    private final FlameCanvas canvas;
    private final FlameGraphViewModel model;
    private final ContextMenu menu = new ContextMenu();

    /// @param perform does what an action says
    FlameMenu(FlameCanvas canvas, FlameGraphViewModel model, Consumer<FlameAction> perform) {
        this.canvas = canvas;
        this.model = model;
        for (FlameAction action :
                new FlameAction[] {
                    FlameAction.ZOOM,
                    FlameAction.BACK,
                    FlameAction.RESET,
                    FlameAction.COPY_FRAME,
                    FlameAction.COPY_STACK
                }) {
            add(model.texts().text("action." + action.name()), () -> perform.accept(action));
        }
        add(model.texts().text("menu.search"), this::searchSelected);
        canvas.setOnContextMenuRequested(this::show);
        menu.setAutoHide(true);
    }

    private void add(String text, Runnable act) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> act.run());
        menu.getItems().add(item);
    }

    private void searchSelected() {
        model.searchRegexProperty().set(false);
        model.searchTextProperty().set(model.selectedName());
    }

    /// Asked by the pointer it is about the frame there, by the keyboard about the selected one.
    private void show(ContextMenuEvent event) {
        if (!event.isKeyboardTrigger()) {
            model.select(canvas.picture().nodeAt(event.getX(), event.getY()));
        }
        if (model.selectedProperty().get() >= 0) {
            menu.show(canvas, event.getScreenX(), event.getScreenY());
        }
        event.consume();
    }
}
