package dev.weir.console.diagnosis;

import dev.weir.console.shell.Desk;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Field;
import dev.weir.console.widget.Icons;
import dev.weir.model.OperationSet;

import javafx.beans.InvalidationListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Asks what to diagnose, in a card over the page.
///
/// Confined to the user interface's thread.
public final class DiagnoseDialog {
    private static final double WIDTH = 560;

    private final DiagnoseViewModel model;
    private final Messages messages;
    private final List<Field> fields = new ArrayList<>();
    private final List<Field> typed = new ArrayList<>();
    private final GridPane parameters = halves();
    private final Label about = Boxes.paragraph("", "muted", "small");
    private final VBox card = Boxes.column(12);
    private final ComboBox<OperationSet> sets;

    private DiagnoseDialog(DiagnoseViewModel model, Desk desk) {
        this.model = model;
        this.messages = desk.messages();
        sets = choice(model.sets(), it -> it == null ? "" : it.name());
        sets.setId("diagnose-set");
        sets.valueProperty().bindBidirectional(model.setProperty());
        about.setMinHeight(34);
        Button cancel = Buttons.plain(Icons.CLOSE, messages.text("dialog.cancel"), desk::dismiss);
        cancel.setCancelButton(true);
        Button start =
                Buttons.main(
                        Icons.PLAY,
                        messages.text("diagnose.start"),
                        () -> model.start(desk::dismiss));
        start.setId("diagnose-start");
        start.setDefaultButton(true);
        String server = model.virtualServer();
        card.setPrefWidth(WIDTH);
        card.getStyleClass().add("dialog");
        card.getChildren()
                .addAll(
                        Boxes.row(
                                8,
                                Icons.DIAGNOSIS.draw("title-icon"),
                                Boxes.label(
                                        server == null
                                                ? messages.text("diagnose.title")
                                                : messages.text("diagnose.title.of", server),
                                        "dialog-title")),
                        place(),
                        about,
                        parameters,
                        reason(),
                        failure(),
                        Boxes.row(8, Boxes.spring(), cancel, start));
        Runnable judge =
                () -> {
                    fields.forEach(field -> field.show(model.problems()));
                    typed.forEach(field -> field.show(model.problems()));
                    start.setDisable(
                            model.busyProperty().get()
                                    || model.setProperty().get() == null
                                    || !model.problems().isEmpty());
                };
        InvalidationListener changed = _ -> judge.run();
        model.problems().addListener(changed);
        model.busyProperty().addListener(changed);
        model.setProperty().addListener(changed);
        InvalidationListener chosen = _ -> showParameters();
        model.parameters().addListener(chosen);
        showParameters();
        judge.run();
    }

    /// Shows the card; it goes away by itself when the run begins.
    public static void open(DiagnoseViewModel model, Desk desk) {
        DiagnoseDialog dialog = new DiagnoseDialog(model, desk);
        desk.show(dialog.card, dialog.sets);
    }

    private Node place() {
        GridPane grid = halves();
        ComboBox<String> node = choice(model.nodes(), it -> it);
        node.setId("diagnose-node");
        node.valueProperty().bindBidirectional(model.nodeProperty());
        grid.add(field(messages.text("diagnose.set"), sets, "operationSet"), 0, 0);
        grid.add(field(messages.text("diagnose.node"), node, "node"), 1, 0);
        return grid;
    }

    private Node reason() {
        GridPane grid = halves();
        TextField reason = new TextField();
        reason.setId("diagnose-reason");
        reason.setPromptText(messages.text("diagnose.reason.prompt"));
        reason.textProperty().bindBidirectional(model.reasonProperty());
        ComboBox<String> credential =
                choice(
                        model.credentials(),
                        it -> it.isEmpty() ? messages.text("diagnose.credential.none") : it);
        credential.setId("diagnose-credential");
        credential.valueProperty().bindBidirectional(model.credentialProperty());
        grid.add(field(messages.text("diagnose.reason"), reason, "reason"), 0, 0);
        grid.add(field(messages.text("diagnose.credential"), credential, "credential"), 1, 0);
        return grid;
    }

    private Node failure() {
        VBox box = Boxes.column(0);
        box.getStyleClass().add("trouble");
        Label words = Boxes.paragraph("");
        words.textProperty().bind(model.failureProperty());
        box.getChildren().add(words);
        box.visibleProperty().bind(model.failureProperty().isNotEmpty());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private void showParameters() {
        OperationSet chosen = model.setProperty().get();
        about.setText(chosen == null ? "" : described(chosen));
        typed.clear();
        parameters.getChildren().clear();
        int place = 0;
        for (DiagnoseViewModel.Parameter parameter : model.parameters()) {
            Field field = field(parameter);
            typed.add(field);
            field.show(model.problems());
            parameters.add(field, place % 2, place / 2);
            place++;
        }
    }

    private String described(OperationSet chosen) {
        String steps =
                chosen.steps().stream()
                        .map(OperationSet.Step::name)
                        .collect(Collectors.joining(", "));
        String words =
                messages.translated("diagnose.described." + chosen.name(), chosen.description());
        return messages.text("diagnose.steps", words, steps);
    }

    private Field field(DiagnoseViewModel.Parameter parameter) {
        String label = messages.text("diagnose.parameter." + parameter.name());
        String id = "parameter-" + parameter.name();
        String usual =
                parameter.usual().isEmpty()
                        ? messages.text("diagnose.parameter.by-step")
                        : parameter.usual();
        if (!parameter.choices().isEmpty()) {
            ComboBox<String> control = choice(parameter.choices(), it -> it.isEmpty() ? usual : it);
            control.setId(id);
            control.valueProperty().bindBidirectional(model.typed(parameter.name()));
            return new Field(label, control, parameter.name());
        }
        TextField control = new TextField();
        control.setId(id);
        control.getStyleClass().add("mono");
        control.setPromptText(
                parameter.name().equals("url") ? "https://10.0.0.7:6060" : parameter.usual());
        control.textProperty().bindBidirectional(model.typed(parameter.name()));
        return new Field(label, control, parameter.name());
    }

    private Field field(String label, Node control, String path) {
        Field field = new Field(label, control, path);
        fields.add(field);
        return field;
    }

    private static <V extends @Nullable Object> ComboBox<V> choice(
            List<V> items, Function<V, String> words) {
        ComboBox<V> control = new ComboBox<>();
        if (items instanceof ObservableList<V> living) {
            control.setItems(living);
        } else {
            control.getItems().setAll(items);
        }
        control.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(V value) {
                        return value == null ? "" : words.apply(value);
                    }

                    @Override
                    public V fromString(String text) {
                        throw new UnsupportedOperationException("choice: is not typed");
                    }
                });
        return control;
    }

    private static GridPane halves() {
        GridPane grid = new GridPane(12, 12);
        for (int i = 0; i < 2; i++) {
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(50);
            grid.getColumnConstraints().add(half);
        }
        return grid;
    }
}
