package dev.weir.console.shell;

import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;

import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import java.util.stream.Collectors;

/// The line at the bottom: where the console is connected, and how far each cluster's nodes are.
final class StatusBar extends HBox {
    private final LiveSession session;
    private final Messages messages;
    private final Label rollouts = Boxes.label("");

    // held here because the session knows it only weakly
    private final InvalidationListener changed = _ -> show();
    private final WeakInvalidationListener weakly = new WeakInvalidationListener(changed);

    StatusBar(LiveSession session, Messages messages) {
        super(16);
        this.session = session;
        this.messages = messages;
        getStyleClass().add("status-bar");
        getChildren()
                .addAll(
                        Boxes.label(session.endpoint().admin().toString(), "mono"),
                        rollouts,
                        Boxes.spring(),
                        Boxes.label(messages.text("status.hint")));
        session.clusters().addListener(weakly);
        show();
    }

    private void show() {
        for (LiveCluster cluster : session.clusters()) {
            cluster.rolloutProperty().removeListener(weakly);
            cluster.rolloutProperty().addListener(weakly);
            cluster.configurationProperty().removeListener(weakly);
            cluster.configurationProperty().addListener(weakly);
        }
        rollouts.setText(
                session.clusters().stream().map(this::words).collect(Collectors.joining("   ")));
    }

    private String words(LiveCluster cluster) {
        long revision = cluster.configuration().revision();
        var rollout = cluster.rollout();
        return rollout == null
                ? messages.text("status.cluster.unknown", cluster.name(), Long.toString(revision))
                : messages.text(
                        "status.cluster",
                        cluster.name(),
                        Long.toString(revision),
                        messages.count(rollout.appliedNodes(rollout.revision())),
                        messages.count(rollout.nodes().size()));
    }
}
