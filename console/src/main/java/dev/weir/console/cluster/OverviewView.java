package dev.weir.console.cluster;

import dev.weir.console.cluster.OverviewViewModel.Row;
import dev.weir.console.dashboard.TrafficSample;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.PageSides;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Columns;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.StateBadges;
import dev.weir.model.Cluster;
import dev.weir.model.Resource;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The page of a cluster: a table of its virtual servers with live numbers.
public final class OverviewView implements PageView {
    private final OverviewViewModel model;
    private final Desk desk;
    private final Messages messages;
    private final EditorViewModel<ClusterForm> editor;
    private final ClusterDeletion end;
    private final HBox about = Boxes.row(8);
    private final PageSides sides;
    private final VBox content;
    private final InvalidationListener changed = _ -> showAbout();

    /// @param editor of the cluster itself
    /// @param end how the cluster is deleted
    public OverviewView(
            OverviewViewModel model,
            EditorViewModel<ClusterForm> editor,
            ClusterDeletion end,
            Desk desk) {
        this.model = model;
        this.editor = editor;
        this.end = end;
        this.desk = desk;
        this.messages = desk.messages();
        TableView<Row> table = table();
        table.setItems(model.rows());
        ClusterFields fields = new ClusterFields(editor, messages);
        fields.addBelow(endPanel());
        sides = new PageSides(messages.text("server.live"), table, editor, fields, messages);
        VBox.setVgrow(sides, Priority.ALWAYS);
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                Icons.CLUSTER.draw("title-icon"),
                                Boxes.label(model.cluster().name(), "page-title"),
                                Boxes.spring(),
                                sides.choice(),
                                others(),
                                Buttons.main(
                                        Icons.ADD,
                                        messages.text("cluster.new-virtual-server"),
                                        this::newServer)),
                        about,
                        sides);
        content.getStyleClass().add("page");
        editor.baseProperty().addListener(changed);
        showAbout();
    }

    /// What the cluster is, as it is declared.
    private void showAbout() {
        Resource<Cluster> cluster = model.cluster().configuration().cluster();
        about.getChildren()
                .setAll(
                        Boxes.label(messages.word(cluster.spec().engine()), "chip"),
                        Boxes.label(
                                messages.text(
                                        cluster.spec().deletionProtection()
                                                ? "cluster.protected"
                                                : "cluster.unprotected"),
                                "chip"),
                        Boxes.label(cluster.description(), "muted"));
    }

    private Node endPanel() {
        Button delete = Buttons.danger(Icons.DELETE, messages.text("cluster.delete"), end::ask);
        delete.setId("delete");
        HBox body =
                Boxes.row(
                        12,
                        Boxes.paragraph(messages.text("cluster.delete.advice"), "muted"),
                        Boxes.spring(),
                        delete);
        delete.setMinWidth(Region.USE_PREF_SIZE);
        body.getStyleClass().add("panel-body");
        return Boxes.panel(messages.text("cluster.delete"), body);
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public void shown() {
        model.shown();
    }

    @Override
    public void hidden() {
        model.hidden();
    }

    @Override
    public void close() {
        editor.baseProperty().removeListener(changed);
        sides.close();
        model.close();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                action("cluster.new-virtual-server", "Shortcut+N", this::newServer),
                action("cluster.new-target-group", null, this::newGroup),
                action("cluster.new-certificate", null, this::newCertificate),
                action("cluster.new-node", null, this::newNode),
                action("action.edit", "Shortcut+E", sides::edit),
                action("action.live", "Shortcut+L", sides::showNow),
                action("action.save", "Shortcut+S", sides::save),
                action("action.undo-change", "Shortcut+Z", editor::undo),
                action("cluster.delete", null, end::ask));
    }

    private Action action(String key, @Nullable String shortcut, Runnable run) {
        return new Action(key, messages.text(key).replace("_", ""), shortcut, run);
    }

    /// What is made less often than a virtual server.
    private MenuButton others() {
        MenuButton menu = new MenuButton(messages.text("cluster.new"), Icons.ADD.draw());
        menu.setId("new-others");
        menu.setMnemonicParsing(true);
        menu.getItems()
                .setAll(
                        item(Icons.TARGET_GROUP, "cluster.new-target-group", this::newGroup),
                        item(Icons.CERTIFICATE, "cluster.new-certificate", this::newCertificate),
                        item(Icons.NODE, "cluster.new-node", this::newNode),
                        item(
                                Icons.CLUSTER,
                                "cluster.new-cluster",
                                () -> desk.open(new Page.NewCluster())));
        return menu;
    }

    private MenuItem item(Icons icon, String key, Runnable act) {
        MenuItem item = new MenuItem(messages.text(key), icon.draw());
        item.setOnAction(_ -> act.run());
        return item;
    }

    private void newServer() {
        desk.open(new Page.NewServer(model.cluster().name()));
    }

    private void newGroup() {
        desk.open(new Page.NewGroup(model.cluster().name()));
    }

    private void newCertificate() {
        desk.open(new Page.NewCertificate(model.cluster().name()));
    }

    private void newNode() {
        desk.open(new Page.NewNode(model.cluster().name()));
    }

    private TableView<Row> table() {
        TableView<Row> table =
                Columns.table(
                        Boxes.empty(
                                Icons.VIRTUAL_SERVER,
                                messages.text("cluster.empty"),
                                messages.text("cluster.empty.advice"),
                                Buttons.main(
                                        Icons.ADD,
                                        messages.text("cluster.new-virtual-server"),
                                        this::newServer)),
                        Columns.text(messages.text("column.name"), 130, Row::name, "strong"),
                        Columns.node(
                                messages.text("column.state"),
                                110,
                                row -> StateBadges.of(row.state(), messages),
                                Comparator.comparing(Row::state)),
                        Columns.text(
                                messages.text("column.address"),
                                170,
                                row -> row.spec().address() + ":" + row.spec().port(),
                                "mono"),
                        Columns.text(
                                messages.text("column.protocol"),
                                80,
                                row -> row.spec().protocol().name()),
                        numeric("metric.REQUESTS.short", TrafficSample::requestsPerSecond),
                        numeric("metric.CONNECTIONS.short", TrafficSample::connections),
                        numeric("metric.ERRORS.short", sample -> sample.errorRatio() * 100),
                        numeric("metric.LATENCY_P50.short", TrafficSample::latencyP50),
                        numeric("metric.LATENCY_P99.short", TrafficSample::latencyP99));
        table.setId("virtual-servers");
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
        return table;
    }

    private void openSelected(TableView<Row> table) {
        Row row = table.getSelectionModel().getSelectedItem();
        if (row != null) {
            desk.open(new Page.Server(model.cluster().name(), row.name()));
        }
    }

    /// NaN and null both show as a dash: no number is better than an old one.
    private TableColumn<Row, Double> numeric(String key, ToDoubleFunction<TrafficSample> value) {
        return Columns.number(
                messages.text(key),
                92,
                row -> {
                    TrafficSample sample = row.sample();
                    return sample == null
                            ? Double.valueOf(Double.NaN)
                            : value.applyAsDouble(sample);
                },
                number -> Double.isNaN(number) ? "–" : messages.number(number));
    }
}
