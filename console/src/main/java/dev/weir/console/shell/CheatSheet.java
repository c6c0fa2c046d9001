package dev.weir.console.shell;

import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;

/// Every key that does something here, now.
final class CheatSheet extends VBox {
    private final Button close;

    CheatSheet(List<Action> actions, Messages messages, Runnable done) {
        super(12);
        getStyleClass().add("cheat-sheet");
        close = Buttons.plain(Icons.CLOSE, messages.text("dialog.close"), done);
        close.setCancelButton(true);
        List<Action> keyed = new ArrayList<>();
        actions.stream().filter(action -> action.shortcut() != null).forEach(keyed::add);
        keyed.add(fixed(messages, "keys.tabs", "Ctrl+1 … 9"));
        keyed.add(fixed(messages, "keys.move", "Tab, Shift+Tab"));
        keyed.add(fixed(messages, "keys.escape", "Esc"));
        GridPane grid = new GridPane(16, 8);
        grid.getColumnConstraints().addAll(new ColumnConstraints(130), new ColumnConstraints(330));
        for (int i = 0; i < keyed.size(); i++) {
            Node keys = Boxes.label(keyed.get(i).keys(), "keys");
            grid.addRow(i, keys, Boxes.label(keyed.get(i).text()));
        }
        getChildren()
                .addAll(
                        Boxes.row(
                                8,
                                Boxes.label(messages.text("action.keys"), "dialog-title"),
                                Boxes.spring()),
                        grid,
                        Boxes.row(8, Boxes.spring(), close));
    }

    Button closeButton() {
        return close;
    }

    private static Action fixed(Messages messages, String key, String keys) {
        return new Action(key, messages.text(key), keys, () -> {});
    }
}
