package dev.weir.console.flame;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Says everything about one frame, always in the same place at the bottom.
final class FlameDetailsBar extends VBox {
    private final FlameGraphViewModel model;
    private final FlameTexts texts;
    private final Label name = new Label();
    private final Label kind = new Label();
    private final Label origin = new Label();
    private final Label message = new Label();
    private final HBox figures = new HBox();

    FlameDetailsBar(FlameGraphViewModel model) {
        this.model = model;
        this.texts = model.texts();
        getStyleClass().add("flame-details");
        name.setId("flame-details-name");
        name.getStyleClass().add("flame-details-name");
        kind.getStyleClass().add("flame-details-kind");
        kind.setMinWidth(Region.USE_PREF_SIZE);
        origin.getStyleClass().add("flame-details-origin");
        origin.setMinWidth(80);
        message.getStyleClass().add("flame-details-message");
        message.textProperty().bind(model.messageProperty());
        figures.getStyleClass().add("flame-details-figures");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox title = new HBox(name, kind, gap, origin);
        title.getStyleClass().add("flame-details-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(title, new HBox(figures, space, message));
        model.sceneProperty().subscribe(this::update);
        model.hoveredProperty().subscribe(this::update);
        model.selectedProperty().subscribe(this::update);
        model.navigation().zoomRootProperty().subscribe(this::update);
        update();
    }

    private void update() {
        FlameDetails details = model.details();
        String unit = model.scene().sampleType().unit();
        name.setText(texts.name(details));
        kind.setText(texts.kind(details.kind()));
        kind.setVisible(!kind.getText().isEmpty());
        String module = details.module();
        String source = details.source();
        origin.setText(
                module.isEmpty() || source.isEmpty() ? module + source : module + " · " + source);
        figures.getChildren()
                .setAll(
                        figure("details.self", texts.value(details.self(), unit)),
                        figure("details.total", texts.value(details.total(), unit)),
                        figure("details.ofTotal", texts.percent(details.ofTotal())),
                        figure("details.ofParent", texts.percent(details.ofParent())),
                        figure("details.ofZoom", texts.percent(details.ofZoom())));
        if (details.compared()) {
            String baseline = texts.value(details.baselineTotal(), unit);
            figures.getChildren()
                    .addAll(
                            figure("details.baseline", baseline),
                            figure("details.change", texts.change(details.change())));
        }
    }

    private HBox figure(String key, String value) {
        Label what = new Label(texts.text(key));
        what.getStyleClass().add("flame-figure-name");
        Label howMuch = new Label(value);
        howMuch.getStyleClass().add("flame-figure-value");
        what.setMinWidth(Region.USE_PREF_SIZE);
        howMuch.setMinWidth(Region.USE_PREF_SIZE);
        HBox figure = new HBox(what, howMuch);
        figure.getStyleClass().add("flame-figure");
        return figure;
    }
}
