package dev.weir.console.virtualserver;

import dev.weir.console.dashboard.TrafficCharts;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.dashboard.TrafficSample;
import dev.weir.console.diagnosis.DiagnoseDialog;
import dev.weir.console.editing.PageSides;
import dev.weir.console.session.LiveCluster.NodeRejection;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.PageView;
import dev.weir.console.targetgroup.TargetTable;
import dev.weir.console.targetgroup.TargetsViewModel;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Badge;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.StateBadges;
import dev.weir.model.Kind;
import dev.weir.model.Subscription;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The page of one virtual server: live numbers and targets, or the editor.
public final class ServerView implements PageView {
    private final ServerViewModel model;
    private final TargetsViewModel targets;
    private final TrafficMonitor monitor;
    private final Desk desk;
    private final Messages messages;
    private final VBox content;
    private final HBox badges = Boxes.row(8);
    private final VBox facts = Boxes.column(8);
    private final TrafficCharts charts;
    private final PageSides sides;
    private final InvalidationListener changed = _ -> showState();
    private Subscription watch = () -> {};

    public ServerView(
            ServerViewModel model, TargetsViewModel targets, TrafficMonitor monitor, Desk desk) {
        this.model = model;
        this.targets = targets;
        this.monitor = monitor;
        this.desk = desk;
        this.messages = desk.messages();
        int index = model.resource().map(it -> it.metadata().index()).orElse(0);
        charts = new TrafficCharts(monitor, model.cluster(), index, messages);
        facts.getStyleClass().addAll("panel", "chart-card");
        charts.addBeside(facts);
        sides =
                new PageSides(
                        messages.text("server.live"),
                        overview(),
                        model.editor(),
                        new ServerFields(model.editor(), messages),
                        messages);
        VBox.setVgrow(sides, Priority.ALWAYS);
        content = Boxes.column(12, head(), sides);
        content.getStyleClass().add("page");
        model.editor().baseProperty().addListener(changed);
        model.cluster().configurationProperty().addListener(changed);
        model.cluster().rolloutProperty().addListener(changed);
        monitor.roundProperty().addListener(changed);
        showState();
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        actions.add(action("action.edit", "Shortcut+E", sides::edit));
        actions.add(action("action.live", "Shortcut+L", sides::showNow));
        actions.add(action("action.save", "Shortcut+S", sides::save));
        actions.add(action("action.undo-change", "Shortcut+Z", model::undo));
        actions.add(action("action.diagnose", "Shortcut+D", this::diagnose));
        actions.add(action("server.delete", null, model::delete));
        return actions;
    }

    private Action action(String key, @Nullable String shortcut, Runnable run) {
        return new Action(key, messages.text(key), shortcut, run);
    }

    @Override
    public void shown() {
        watch.close();
        watch =
                monitor.watch(
                        model.cluster(),
                        () ->
                                model.resource()
                                        .map(it -> List.of(it.metadata().index()))
                                        .orElse(List.of()));
    }

    @Override
    public void hidden() {
        watch.close();
        watch = () -> {};
    }

    @Override
    public void close() {
        hidden();
        charts.close();
        sides.close();
        targets.close();
        model.editor().baseProperty().removeListener(changed);
        model.cluster().configurationProperty().removeListener(changed);
        model.cluster().rolloutProperty().removeListener(changed);
        monitor.roundProperty().removeListener(changed);
    }

    private Node head() {
        Button diagnose =
                Buttons.plain(Icons.DIAGNOSIS, messages.text("server.diagnose"), this::diagnose);
        diagnose.setId("diagnose");
        return Boxes.row(
                8,
                Icons.VIRTUAL_SERVER.draw("title-icon"),
                Boxes.label(model.name(), "page-title"),
                badges,
                Boxes.spring(),
                sides.choice(),
                diagnose,
                Buttons.danger(Icons.DELETE, messages.text("server.delete"), model::delete));
    }

    private Node overview() {
        TableView<TargetsViewModel.Row> table = TargetTable.of(targets, messages, true);
        VBox panel = Boxes.panel(messages.text("targets.title"), table);
        panel.setPrefHeight(260);
        panel.setMinHeight(150);
        VBox.setVgrow(charts, Priority.ALWAYS);
        VBox box = Boxes.column(12, charts, panel);
        box.getStyleClass().add("overview");
        return box;
    }

    private void diagnose() {
        DiagnoseDialog.open(model.diagnosis(), desk);
    }

    private void showState() {
        model.resource()
                .ifPresent(it -> {
                    badges.getChildren()
                            .setAll(
                                    StateBadges.of(model.cluster().state(it), messages),
                                    Boxes.label(
                                            it.spec().protocol().name().toLowerCase(Locale.ROOT)
                                                    + "://"
                                                    + it.spec().address()
                                                    + ":"
                                                    + it.spec().port(),
                                            "mono"));
                    showFacts(it.metadata().index(), it.metadata().revision());
                });
    }

    private void showFacts(int index, long revision) {
        List<Node> lines = new ArrayList<>();
        lines.add(Boxes.label(messages.text("server.facts"), "small"));
        TrafficSample newest = monitor.history(model.cluster(), index).newest();
        TrafficSample.Health health =
                newest == null ? TrafficSample.Health.UNKNOWN : newest.health();
        lines.add(
                fact(
                        "server.oper-state",
                        switch (health.state()) {
                            case UNKNOWN -> badge(health, Icons.UNKNOWN, Badge.Tone.QUIET);
                            case UP -> badge(health, Icons.OK, Badge.Tone.GOOD);
                            case DEGRADED -> badge(health, Icons.WARNING, Badge.Tone.CAREFUL);
                            case DOWN -> badge(health, Icons.REJECTED, Badge.Tone.BAD);
                            case DISABLED -> badge(health, Icons.OFF, Badge.Tone.QUIET);
                        }));
        lines.add(
                fact(
                        "server.healthy",
                        Boxes.label(
                                health.total() == 0
                                        ? "–"
                                        : health.healthy() + " / " + health.total())));
        lines.add(
                fact(
                        "server.total",
                        Boxes.label(
                                newest == null ? "–" : messages.count(newest.totalRequests()))));
        lines.add(fact("server.revision", Boxes.label(Long.toString(revision), "mono")));
        if (!health.reason().isEmpty()) {
            lines.add(Boxes.paragraph(health.reason(), "small", "muted"));
        }
        for (NodeRejection refused :
                model.cluster().rejections(Kind.VIRTUAL_SERVER, model.name())) {
            Label words =
                    Boxes.paragraph(
                            refused.node()
                                    + ": "
                                    + refused.rejection().field()
                                    + " "
                                    + refused.rejection().message(),
                            "field-problem");
            lines.add(words);
        }
        facts.getChildren().setAll(lines);
    }

    private Badge badge(TrafficSample.Health health, Icons icon, Badge.Tone tone) {
        return new Badge(icon, messages.word(health.state()), tone);
    }

    private Node fact(String key, Node value) {
        return Boxes.row(8, Boxes.label(messages.text(key), "muted"), Boxes.spring(), value);
    }
}
