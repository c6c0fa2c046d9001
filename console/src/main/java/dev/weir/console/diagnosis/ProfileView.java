package dev.weir.console.diagnosis;

import dev.weir.console.flame.FlameGraphView;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;

import javafx.scene.Node;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.StackPane;

/// The page of a profile: the flame graph, or why there is none.
public final class ProfileView implements PageView {
    private final ProfileViewModel model;
    private final Messages messages;
    private final FlameGraphView graph;
    private final StackPane content = new StackPane();

    public ProfileView(ProfileViewModel model, Desk desk) {
        this.model = model;
        this.messages = desk.messages();
        graph = new FlameGraphView(model.graph());
        content.getStyleClass().add("profile-page");
        model.busyProperty().addListener((_, _, _) -> show());
        model.failureProperty().addListener((_, _, _) -> show());
        model.load();
        show();
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public void close() {
        model.close();
    }

    private void show() {
        if (model.busyProperty().get()) {
            ProgressIndicator busy = new ProgressIndicator();
            busy.setMaxSize(48, 48);
            content.getChildren().setAll(busy);
        } else if (!model.failureProperty().get().isEmpty()) {
            content.getChildren()
                    .setAll(
                            Boxes.empty(
                                    Icons.REJECTED,
                                    messages.text("profile.failed"),
                                    model.failureProperty().get(),
                                    Buttons.plain(
                                            Icons.REFRESH,
                                            messages.text("connection.retry"),
                                            model::load)));
        } else {
            content.getChildren().setAll(graph);
        }
    }
}
