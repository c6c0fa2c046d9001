package dev.weir.console.cluster;

import dev.weir.console.editing.EditorFields;
import dev.weir.console.editing.EditorPane;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.Fields;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.model.Engine;

import javafx.scene.Node;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.util.List;

/// The fields of a cluster with the review beside them.
///
/// Confined to the user interface's thread.
public final class ClusterFields implements EditorFields {
    private final EditorViewModel<ClusterForm> model;
    private final Messages messages;
    private final Fields<ClusterForm> fields;
    private final VBox form;
    private final EditorPane content;

    public ClusterFields(EditorViewModel<ClusterForm> model, Messages messages) {
        this.model = model;
        this.messages = messages;
        this.fields = new Fields<>(model);
        form = Boxes.column(12, Boxes.panel(messages.text("cluster.about"), about()));
        content = new EditorPane(form, model, messages);
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public void close() {
        fields.close();
        content.close();
    }

    /// Puts something below the fields.
    void addBelow(Node part) {
        form.getChildren().add(part);
    }

    private Node about() {
        GridPane grid = Boxes.grid(50, 50);
        int row = 0;
        if (model.isNew()) {
            grid.add(
                    fields.text(
                            messages.text("server.name"),
                            "name",
                            ClusterForm::name,
                            ClusterForm::withName,
                            "mono"),
                    0,
                    row);
        } else {
            grid.add(description(), 0, row);
        }
        grid.add(
                fields.choice(
                        messages.text("cluster.engine"),
                        "spec.engine",
                        _ -> List.of(Engine.values()),
                        messages::word,
                        ClusterForm::engine,
                        ClusterForm::withEngine),
                1,
                row);
        row++;
        if (model.isNew()) {
            grid.add(description(), 0, row, 2, 1);
            row++;
        }
        grid.add(fields.labels(messages), 0, row, 2, 1);
        row++;
        grid.add(
                fields.check(
                        messages.text("cluster.protection"),
                        "spec.deletionProtection",
                        ClusterForm::deletionProtection,
                        ClusterForm::withDeletionProtection),
                0,
                row,
                2,
                1);
        row++;
        grid.add(
                Boxes.paragraph(messages.text("cluster.protection.advice"), "small", "muted"),
                0,
                row,
                2,
                1);
        return grid;
    }

    private Node description() {
        return fields.text(
                messages.text("server.description"),
                "description",
                ClusterForm::description,
                ClusterForm::withDescription);
    }
}
