package dev.weir.console.editing;

import dev.weir.console.session.LiveCluster.NodeRejection;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Badge;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.model.Resource;
import dev.weir.model.Rollout;

import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.Comparator;
import java.util.List;

/// How far the nodes are with the revision that was just applied, and the way back.
final class RolloutProgress extends VBox {

    RolloutProgress(EditorViewModel<?> model, Messages messages) {
        super(8);
        setId("rollout-progress");
        getStyleClass().add("rollout-progress");
        long revision = model.appliedProperty().get();
        Rollout rollout = model.cluster().rollout();
        long total = rollout == null ? 0 : rollout.nodes().size();
        long done = rollout == null ? 0 : rollout.appliedNodes(revision);
        Resource<?> resource = model.baseProperty().get();
        List<NodeRejection> rejections =
                resource == null
                        ? List.of()
                        : model.cluster().rejections(model.kind(), resource.name());
        getChildren()
                .add(
                        Boxes.label(
                                messages.text(
                                        "rollout.progress",
                                        Long.toString(revision),
                                        messages.count(done),
                                        messages.count(total)),
                                "panel-title"));
        ProgressBar bar = new ProgressBar(total == 0 ? 0 : (double) done / total);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add("small");
        getChildren().add(bar);
        if (rollout != null) {
            rollout.nodes().values().stream()
                    .sorted(Comparator.comparing(Rollout.NodeRollout::node))
                    .map(node -> line(node, revision, rejections, messages))
                    .forEach(getChildren()::add);
        }
        for (NodeRejection refused : rejections) {
            VBox box =
                    Boxes.column(
                            4,
                            Boxes.label(
                                    messages.text("rollout.rejected", refused.node()), "strong"),
                            Boxes.label(refused.rejection().field(), "mono", "small"),
                            Boxes.paragraph(refused.rejection().message()));
            box.getStyleClass().add("trouble");
            getChildren().add(box);
        }
        if (model.canRollBack()) {
            getChildren()
                    .add(
                            Buttons.plain(
                                    Icons.UNDO,
                                    messages.text("rollout.undo"),
                                    () ->
                                            model.rollBack(
                                                    messages.text(
                                                            "rollout.undo.comment",
                                                            Long.toString(revision)))));
        }
    }

    private static HBox line(
            Rollout.NodeRollout node,
            long revision,
            List<NodeRejection> rejections,
            Messages messages) {
        boolean refuses = rejections.stream().anyMatch(it -> it.node().equals(node.node()));
        Badge badge;
        if (refuses) {
            badge = new Badge(Icons.REJECTED, messages.text("rollout.refuses"), Badge.Tone.BAD);
        } else if (node.applied() >= revision) {
            badge = new Badge(Icons.OK, messages.text("rollout.applied"), Badge.Tone.GOOD);
        } else if (node.connected()) {
            badge = new Badge(Icons.PENDING, messages.text("rollout.waiting"), Badge.Tone.BUSY);
        } else {
            badge = new Badge(Icons.OFF, messages.text("rollout.away"), Badge.Tone.QUIET);
        }
        return Boxes.row(8, Boxes.label(node.node(), "mono"), Boxes.spring(), badge);
    }
}
