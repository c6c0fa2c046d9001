package dev.weir.console.diagnosis;

import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.StateBadges;
import dev.weir.model.Diagnosis;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The page of one diagnosis run: its steps as they go on, and what they left.
public final class RunView implements PageView {
    private final RunViewModel model;
    private final Desk desk;
    private final Messages messages;
    private final InstantSource clock;
    private final VBox content = Boxes.column(12);
    private final ScrollPane scroll = new ScrollPane(content);

    public RunView(RunViewModel model, InstantSource clock, Desk desk) {
        this.model = model;
        this.clock = clock;
        this.desk = desk;
        this.messages = desk.messages();
        content.getStyleClass().add("page");
        scroll.setFitToWidth(true);
        InvalidationListener changed = _ -> show();
        model.runProperty().addListener(changed);
        show();
    }

    @Override
    public Node node() {
        return scroll;
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                new Action("run.again", messages.text("run.again"), null, model::again),
                new Action("run.cancel", messages.text("run.cancel"), null, model::cancel));
    }

    private void show() {
        Diagnosis run = model.runProperty().get();
        if (run == null) {
            content.getChildren()
                    .setAll(
                            Boxes.empty(
                                    Icons.DIAGNOSIS,
                                    messages.text("page.missing"),
                                    messages.text("page.missing.advice")));
            return;
        }
        List<Node> parts = new ArrayList<>();
        parts.add(head(run));
        parts.add(facts(run));
        if (run.status().failure() != null) {
            parts.add(failure(run.status().failure()));
        }
        parts.add(steps(run));
        content.getChildren().setAll(parts);
    }

    private Node head(Diagnosis run) {
        HBox head =
                Boxes.row(
                        8,
                        Icons.DIAGNOSIS.draw("title-icon"),
                        Boxes.label(run.spec().operationSet(), "page-title"),
                        StateBadges.of(run.status().phase(), messages));
        if (run.status().cancelRequested() && !run.status().phase().isFinal()) {
            head.getChildren().add(Boxes.label(messages.text("run.cancelling"), "chip"));
        }
        head.getChildren().add(Boxes.spring());
        head.getChildren()
                .add(
                        run.status().phase().isFinal()
                                ? Buttons.plain(
                                        Icons.REFRESH, messages.text("run.again"), model::again)
                                : Buttons.danger(
                                        Icons.CANCELLED,
                                        messages.text("run.cancel"),
                                        model::cancel));
        return head;
    }

    private Node facts(Diagnosis run) {
        HBox row = Boxes.row(24);
        row.getStyleClass().addAll("panel", "run-facts");
        String server = run.spec().virtualServer();
        if (server != null) {
            Hyperlink link = new Hyperlink(server);
            link.setOnAction(_ -> desk.open(new Page.Server(run.spec().cluster(), server)));
            row.getChildren().add(fact("word.Kind.VIRTUAL_SERVER", link));
        }
        row.getChildren()
                .addAll(
                        fact("word.Kind.NODE", Boxes.label(run.spec().node(), "mono")),
                        fact("run.started-by", Boxes.label(run.createdBy())),
                        fact("run.started-at", Boxes.label(messages.time(run.createdAt()))));
        if (!run.spec().reason().isEmpty()) {
            row.getChildren().add(fact("run.reason", Boxes.label(run.spec().reason())));
        }
        return row;
    }

    private Node fact(String key, Node value) {
        return Boxes.column(4, Boxes.label(messages.text(key), "field-label"), value);
    }

    private Node steps(Diagnosis run) {
        List<Diagnosis.Step> steps = run.status().steps();
        long ended = steps.stream().filter(step -> step.finishedAt() != null).count();
        VBox list = Boxes.column(0);
        ProgressBar bar =
                new ProgressBar(
                        steps.isEmpty()
                                ? ProgressBar.INDETERMINATE_PROGRESS
                                : (double) ended / steps.size());
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add("small");
        if (!run.status().phase().isFinal() && !steps.isEmpty()) {
            list.getChildren().add(bar);
        }
        for (Diagnosis.Step step : steps) {
            Node box = step(step);
            if (!step.equals(steps.getFirst())) {
                box.getStyleClass().add("next-step");
            }
            list.getChildren().add(box);
        }
        if (steps.isEmpty()) {
            list.getChildren().add(Boxes.paragraph(messages.text("run.no-steps"), "muted"));
        }
        list.getStyleClass().add("panel-body");
        return Boxes.panel(
                messages.text("run.steps", messages.count(ended), messages.count(steps.size())),
                list);
    }

    private Node step(Diagnosis.Step step) {
        String parameters =
                step.operation().parameters().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .collect(Collectors.joining("  "));
        HBox line =
                Boxes.row(
                        12,
                        StateBadges.of(step.state(), messages),
                        Boxes.label(step.name(), "strong"),
                        Boxes.label(messages.word(step.operation().type()), "muted"),
                        Boxes.label(parameters, "mono", "small", "muted"),
                        Boxes.spring());
        if (!step.after().isEmpty()) {
            line.getChildren()
                    .add(
                            Boxes.label(
                                    messages.text("run.after", String.join(", ", step.after())),
                                    "small",
                                    "muted"));
        }
        line.getChildren().add(Boxes.label(time(step), "mono", "small"));
        VBox box = Boxes.column(8, line);
        box.getStyleClass().add("step");
        if (step.failure() != null) {
            box.getChildren().add(failure(step.failure()));
        }
        step.artifacts().forEach(artifact -> box.getChildren().add(artifact(step, artifact)));
        return box;
    }

    private String time(Diagnosis.Step step) {
        Instant begun = step.startedAt();
        if (begun == null) {
            return "";
        }
        Instant ended = step.finishedAt();
        return messages.duration(Duration.between(begun, ended == null ? clock.instant() : ended));
    }

    private Node artifact(Diagnosis.Step step, Diagnosis.Artifact artifact) {
        HBox row =
                Boxes.row(
                        8,
                        Icons.FLAME.draw("flame-icon"),
                        Boxes.label(artifact.name(), "mono"),
                        Boxes.label(messages.bytes(artifact.bytes()), "muted"),
                        Boxes.label(artifact.sha256().substring(0, 12), "mono", "small", "muted"),
                        Boxes.spring());
        model.baseline(step, artifact)
                .ifPresent(it -> {
                    Button compare =
                            Buttons.plain(
                                    Icons.COMPARE,
                                    messages.text("run.compare"),
                                    () -> model.compare(artifact, it));
                    compare.setId("compare-profile");
                    compare.setMinWidth(Region.USE_PREF_SIZE);
                    compare.setTooltip(
                            new Tooltip(
                                    messages.text(
                                            "run.compare.with",
                                            messages.time(it.run().createdAt()))));
                    row.getChildren().add(compare);
                });
        Button open =
                Buttons.main(Icons.FLAME, messages.text("run.open"), () -> model.open(artifact));
        open.setId("open-profile");
        open.setMinWidth(Region.USE_PREF_SIZE);
        row.getChildren().add(open);
        row.getStyleClass().add("artifact");
        return row;
    }

    private Node failure(Diagnosis.Failure failure) {
        VBox box =
                Boxes.column(
                        4,
                        Boxes.row(
                                8,
                                Icons.REJECTED.draw("problem-icon"),
                                Boxes.label(messages.word(failure.reason()), "strong")),
                        Boxes.paragraph(failure.message()));
        box.getStyleClass().add("trouble");
        return box;
    }
}
