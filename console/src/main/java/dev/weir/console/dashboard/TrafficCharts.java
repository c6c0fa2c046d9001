package dev.weir.console.dashboard;

import dev.weir.console.session.LiveCluster;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;

import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The charts of one virtual server, with the age of their data.
///
/// Confined to the user interface's thread.
public final class TrafficCharts extends VBox {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final TrafficMonitor monitor;
    private final LiveCluster cluster;
    private final TrafficHistory history;
    private final Messages messages;
    private final Label span = Boxes.label("", "small", "muted");
    private final Label age = Boxes.label("", "small", "muted");
    private final Label trouble = Boxes.paragraph("", "small");
    private final HBox troubleRow = Boxes.row(8, Icons.WARNING.draw("careful-icon"), trouble);
    private final List<TimeChart> charts = new ArrayList<>();
    private final List<Runnable> values = new ArrayList<>();
    private final GridPane grid = new GridPane(12, 12);
    private final InvalidationListener changed = _ -> draw();
    private ChartSpan shown = ChartSpan.ONE_MINUTE;

    /// @param index of the virtual server's metadata
    public TrafficCharts(
            TrafficMonitor monitor, LiveCluster cluster, int index, Messages messages) {
        super(8);
        this.monitor = monitor;
        this.cluster = cluster;
        this.history = monitor.history(cluster, index);
        this.messages = messages;
        getStyleClass().add("traffic-charts");
        age.setId("data-age");
        grid.add(chart(Metric.REQUESTS), 0, 0);
        grid.add(chart(Metric.LATENCY_P99, Metric.LATENCY_P50), 1, 0);
        grid.add(chart(Metric.ERRORS), 2, 0);
        grid.add(chart(Metric.CONNECTIONS), 0, 1);
        grid.add(chart(Metric.BITS_OUT, Metric.BITS_IN), 1, 1);
        for (int i = 0; i < 3; i++) {
            ColumnConstraints third = new ColumnConstraints();
            third.setPercentWidth(100 / 3.0);
            grid.getColumnConstraints().add(third);
        }
        RowConstraints half = new RowConstraints();
        half.setVgrow(Priority.ALWAYS);
        half.setMinHeight(120);
        grid.getRowConstraints().addAll(half, half);
        VBox.setVgrow(grid, Priority.ALWAYS);
        troubleRow.setId("numbers-trouble");
        troubleRow.managedProperty().bind(troubleRow.visibleProperty());
        HBox head =
                Boxes.row(
                        8,
                        Boxes.label(messages.text("traffic.title"), "panel-title"),
                        span,
                        Boxes.spring(),
                        age);
        getChildren().addAll(head, troubleRow, grid);
        monitor.roundProperty().addListener(changed);
        draw();
    }

    /// A cell beside the charts, for what belongs to them.
    public void addBeside(VBox beside) {
        grid.add(beside, 2, 1);
    }

    /// Ends the drawing.
    public void close() {
        monitor.roundProperty().removeListener(changed);
    }

    private VBox chart(Metric first, Metric... more) {
        List<Metric> metrics = new ArrayList<>(List.of(first));
        metrics.addAll(List.of(more));
        List<TimeSeries> lines = metrics.stream().map(history::of).toList();
        TimeChart chart = new TimeChart(lines, messages::brief, this::clock);
        charts.add(chart);
        VBox.setVgrow(chart, Priority.ALWAYS);
        HBox head = Boxes.row(8, Boxes.label(messages.text("metric." + family(first)), "small"));
        head.getChildren().add(Boxes.spring());
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            Label value = Boxes.label("–", "chart-value", i == 0 ? "first-value" : "second-value");
            value.setAlignment(Pos.BASELINE_RIGHT);
            values.add(() -> {
                String words = value(metric);
                value.setText(words);
                chart.setAccessibleText(messages.text("metric." + family(first)) + " " + words);
            });
            if (metrics.size() > 1) {
                head.getChildren()
                        .add(
                                Boxes.label(
                                        messages.text("metric." + metric + ".line"),
                                        "small",
                                        "muted"));
            }
            head.getChildren().add(value);
        }
        VBox card = Boxes.column(4, head, chart);
        card.getStyleClass().addAll("panel", "chart-card");
        return card;
    }

    private static String family(Metric metric) {
        return switch (metric) {
            case REQUESTS -> "REQUESTS";
            case CONNECTIONS -> "CONNECTIONS";
            case BITS_IN, BITS_OUT -> "THROUGHPUT";
            case ERRORS -> "ERRORS";
            case LATENCY_P50, LATENCY_P99 -> "LATENCY";
        };
    }

    private void draw() {
        Instant now = monitor.now();
        Instant measured = history.measured();
        Duration old = measured == null ? Duration.ZERO : Duration.between(measured, now);
        boolean stale = measured == null || old.compareTo(TrafficMonitor.STALE) > 0;
        pseudoClassStateChanged(STALE, stale);
        if (measured == null) {
            age.setText(messages.text("traffic.none"));
        } else if (stale) {
            age.setText(messages.text("traffic.stale", messages.clock(measured)));
        } else {
            age.setText(messages.text("traffic.age", messages.duration(old)));
        }
        String words = monitor.troubleProperty(cluster).get();
        trouble.setText(words);
        troubleRow.setVisible(!words.isEmpty());
        shown = ChartSpan.holding(history.reach(now));
        span.setText(messages.text("traffic.span", shown.length().toMinutes()));
        charts.forEach(chart -> chart.draw(now.toEpochMilli(), shown));
        values.forEach(Runnable::run);
    }

    private String value(Metric metric) {
        double value = history.of(metric).last();
        if (Double.isNaN(value)) {
            return "–";
        }
        return switch (metric) {
            case REQUESTS, CONNECTIONS -> messages.number(value);
            case BITS_IN, BITS_OUT -> messages.bits(value);
            case ERRORS -> messages.number(value) + " %";
            case LATENCY_P50, LATENCY_P99 -> messages.number(value) + " ms";
        };
    }

    /// With seconds only where ticks are closer than a minute.
    private String clock(long time) {
        String whole = messages.clock(Instant.ofEpochMilli(time));
        return shown.tick().toMinutes() < 1 ? whole : whole.substring(0, "HH:mm".length());
    }
}
