package dev.weir.console.cluster;

import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Badge;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Columns;
import dev.weir.console.widget.Icons;
import dev.weir.model.Node;
import dev.weir.model.Rollout;

import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The nodes of a cluster: connected or not, which revision each has, and what it refuses.
public final class NodesView implements PageView {
    private final LiveCluster cluster;
    private final Desk desk;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final VBox content;
    private final InvalidationListener changed = _ -> show();

    /// One node.
    ///
    /// @param rollout what it reported, or null before its first word
    private record Row(String name, @Nullable Node spec, Rollout.@Nullable NodeRollout rollout) {

        private boolean connected() {
            return rollout != null && rollout.connected();
        }

        private long applied() {
            return rollout == null ? 0 : rollout.applied();
        }

        private long refused() {
            return rollout == null ? 0 : (long) rollout.rejections().size();
        }
    }

    public NodesView(LiveCluster cluster, Desk desk) {
        this.cluster = cluster;
        this.desk = desk;
        Messages messages = desk.messages();
        TableView<Row> table = table(messages);
        table.setItems(rows);
        VBox.setVgrow(table, Priority.ALWAYS);
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                Icons.NODE.draw("title-icon"),
                                Boxes.label(messages.text("tree.nodes"), "page-title"),
                                Boxes.label(cluster.name(), "chip"),
                                Boxes.spring(),
                                Buttons.plain(
                                        Icons.ADD,
                                        messages.text("cluster.new-node"),
                                        this::newNode)),
                        table);
        table.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                openSelected(table);
            }
        });
        table.setOnKeyPressed(press -> {
            if (press.getCode() == KeyCode.ENTER) {
                openSelected(table);
            }
        });
        content.getStyleClass().add("page");
        cluster.configurationProperty().addListener(changed);
        cluster.rolloutProperty().addListener(changed);
        show();
    }

    @Override
    public javafx.scene.Node node() {
        return content;
    }

    @Override
    public void close() {
        cluster.configurationProperty().removeListener(changed);
        cluster.rolloutProperty().removeListener(changed);
    }

    @Override
    public List<Action> actions() {
        String words = desk.messages().text("cluster.new-node").replace("_", "");
        return List.of(new Action("cluster.new-node", words, "Shortcut+N", this::newNode));
    }

    private void newNode() {
        desk.open(new Page.NewNode(cluster.name()));
    }

    private void openSelected(TableView<Row> table) {
        Row row = table.getSelectionModel().getSelectedItem();
        if (row != null && row.spec() != null) {
            desk.open(new Page.Machine(cluster.name(), row.name()));
        }
    }

    private static TableView<Row> table(Messages messages) {
        TableView<Row> table =
                Columns.table(
                        Boxes.empty(
                                Icons.NODE,
                                messages.text("nodes.empty"),
                                messages.text("nodes.empty.advice")),
                        Columns.text(messages.text("column.name"), 120, Row::name, "strong"),
                        Columns.node(
                                messages.text("column.state"),
                                130,
                                row -> badge(row, messages),
                                Comparator.comparing(Row::connected)),
                        Columns.number(
                                messages.text("nodes.applied"),
                                120,
                                Row::applied,
                                applied -> applied == 0 ? "–" : Long.toString(applied)),
                        Columns.number(
                                messages.text("nodes.refused"), 90, Row::refused, messages::count),
                        Columns.text(
                                messages.text("nodes.agent"),
                                220,
                                row ->
                                        row.spec() == null || row.spec().agent() == null
                                                ? "–"
                                                : row.spec().agent().toString(),
                                "mono"),
                        Columns.text(
                                messages.text("nodes.snmp"),
                                150,
                                row ->
                                        row.spec() == null || row.spec().snmp() == null
                                                ? "–"
                                                : row.spec().snmp(),
                                "mono"),
                        Columns.text(
                                messages.text("nodes.last-seen"),
                                180,
                                row ->
                                        row.rollout() == null
                                                ? "–"
                                                : messages.time(row.rollout().lastSeen())));
        table.setId("nodes");
        return table;
    }

    private static Badge badge(Row row, Messages messages) {
        if (row.refused() > 0) {
            return new Badge(Icons.REJECTED, messages.text("rollout.refuses"), Badge.Tone.BAD);
        }
        return row.connected()
                ? new Badge(Icons.OK, messages.text("nodes.connected"), Badge.Tone.GOOD)
                : new Badge(Icons.OFF, messages.text("rollout.away"), Badge.Tone.QUIET);
    }

    private void show() {
        Rollout rollout = cluster.rollout();
        TreeSet<String> names = new TreeSet<>(cluster.configuration().nodes().keySet());
        if (rollout != null) {
            names.addAll(rollout.nodes().keySet());
        }
        List<Row> now =
                names.stream()
                        .map(name -> {
                            var declared = cluster.configuration().nodes().get(name);
                            return new Row(
                                    name,
                                    declared == null ? null : declared.spec(),
                                    rollout == null ? null : rollout.nodes().get(name));
                        })
                        .toList();
        if (!now.equals(rows)) {
            rows.setAll(now);
        }
    }
}
