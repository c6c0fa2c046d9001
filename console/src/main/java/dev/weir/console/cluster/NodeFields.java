package dev.weir.console.cluster;

import dev.weir.console.editing.EditorFields;
import dev.weir.console.editing.EditorPane;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.Fields;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;

import javafx.scene.Node;
import javafx.scene.layout.GridPane;

/// The fields of a node with the review beside them.
///
/// Confined to the user interface's thread.
public final class NodeFields implements EditorFields {
    private final EditorViewModel<NodeForm> model;
    private final Messages messages;
    private final Fields<NodeForm> fields;
    private final EditorPane content;

    public NodeFields(EditorViewModel<NodeForm> model, Messages messages) {
        this.model = model;
        this.messages = messages;
        this.fields = new Fields<>(model);
        content =
                new EditorPane(
                        Boxes.column(12, Boxes.panel(messages.text("node.about"), about())),
                        model,
                        messages);
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

    private Node about() {
        GridPane grid = Boxes.grid(50, 50);
        int row = 0;
        if (model.isNew()) {
            grid.add(
                    fields.text(
                            messages.text("server.name"),
                            "name",
                            NodeForm::name,
                            NodeForm::withName,
                            "mono"),
                    0,
                    row);
            row++;
        }
        grid.add(
                fields.text(
                                messages.text("node.agent"),
                                "spec.agent",
                                NodeForm::agent,
                                NodeForm::withAgent,
                                "mono")
                        .prompting("https://10.0.0.5:8443"),
                0,
                row);
        grid.add(
                fields.text(
                                messages.text("node.snmp"),
                                "spec.snmp",
                                NodeForm::snmp,
                                NodeForm::withSnmp,
                                "mono")
                        .prompting("10.0.0.5:1161"),
                1,
                row);
        row++;
        grid.add(
                fields.text(
                        messages.text("server.description"),
                        "description",
                        NodeForm::description,
                        NodeForm::withDescription),
                0,
                row,
                2,
                1);
        row++;
        grid.add(fields.labels(messages), 0, row, 2, 1);
        row++;
        grid.add(Boxes.paragraph(messages.text("node.advice"), "small", "muted"), 0, row, 2, 1);
        return grid;
    }
}
