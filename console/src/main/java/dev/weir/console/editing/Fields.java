package dev.weir.console.editing;

import dev.weir.console.text.Messages;
import dev.weir.console.widget.Field;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.util.StringConverter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Makes the controls of a form and keeps them and their problems as the editor has them.
///
/// Confined to the user interface's thread.
///
/// @param <F> the form
public final class Fields<F> {
    private final EditorViewModel<F> model;
    private final List<Field> fields = new ArrayList<>();
    private final List<Runnable> refreshers = new ArrayList<>();
    private final InvalidationListener formChanged = _ -> refresh();
    private final InvalidationListener problemsChanged = _ -> follow();
    private boolean showing;

    public Fields(EditorViewModel<F> model) {
        this.model = model;
        model.typedProperty().addListener(formChanged);
        model.problems().addListener(problemsChanged);
    }

    /// Ends the listening; the controls stay as they are.
    public void close() {
        model.typedProperty().removeListener(formChanged);
        model.problems().removeListener(problemsChanged);
        refreshers.clear();
        fields.clear();
    }

    /// A line of text; `path` names the field in the document.
    public Field text(
            String label,
            String path,
            Function<F, String> get,
            BiFunction<F, String, F> set,
            String... styleClasses) {
        TextField control = new TextField();
        control.getStyleClass().addAll(styleClasses);
        control.setId(path);
        link(
                control,
                () -> get.apply(model.form()),
                typed -> model.edit(path, form -> set.apply(form, typed)));
        return add(label, control, path);
    }

    /// Several lines of code.
    public Field area(
            String label,
            String path,
            int rows,
            Function<F, String> get,
            BiFunction<F, String, F> set) {
        TextArea control = new TextArea();
        control.getStyleClass().add("mono");
        control.setPrefRowCount(rows);
        control.setId(path);
        link(
                control,
                () -> get.apply(model.form()),
                typed -> model.edit(path, form -> set.apply(form, typed)));
        return add(label, control, path);
    }

    private void link(TextInputControl control, Supplier<String> get, Consumer<String> set) {
        control.textProperty()
                .addListener((_, _, typed) -> {
                    if (!showing) {
                        set.accept(typed);
                    }
                });
        onShow(() -> {
            String text = get.get();
            if (!text.equals(control.getText())) {
                control.setText(text);
            }
        });
    }

    /// The labels of the resource in one line.
    public Field labels(Messages messages) {
        TextField control = new TextField();
        control.setId("labels");
        control.getStyleClass().add("mono");
        link(control, model::labels, model::editLabels);
        return add(messages.text("server.labels"), control, "labels")
                .prompting(messages.text("server.labels.prompt"));
    }

    /// One of several choices; `words` shows each.
    public <V> Field choice(
            String label,
            String path,
            Function<F, List<V>> choices,
            Function<V, String> words,
            Function<F, V> get,
            BiFunction<F, V, F> set) {
        ComboBox<V> control = new ComboBox<>();
        control.setId(path);
        control.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(V value) {
                        return value == null ? "" : words.apply(value);
                    }

                    @Override
                    public V fromString(String text) {
                        throw new UnsupportedOperationException(
                                "choice " + path + ": is not typed");
                    }
                });
        control.valueProperty()
                .addListener((_, _, chosen) -> {
                    if (!showing && chosen != null) {
                        model.edit(path, form -> set.apply(form, chosen));
                    }
                });
        onShow(() -> {
            List<V> all = choices.apply(model.form());
            if (!all.equals(control.getItems())) {
                control.getItems().setAll(all);
            }
            control.setValue(get.apply(model.form()));
        });
        return add(label, control, path);
    }

    /// Yes or no; the label stands beside the box.
    public Field check(String label, String path, Predicate<F> get, BiFunction<F, Boolean, F> set) {
        CheckBox control = new CheckBox(label);
        control.setId(path);
        control.selectedProperty()
                .addListener((_, _, yes) -> {
                    if (!showing) {
                        model.edit(path, form -> set.apply(form, yes));
                    }
                });
        onShow(() -> control.setSelected(get.test(model.form())));
        return add("", control, path);
    }

    /// Any control that shows and edits by itself.
    public Field add(String label, Node control, String... paths) {
        Field field = new Field(label, control, paths);
        fields.add(field);
        field.show(model.problems());
        return field;
    }

    /// Runs now, and whenever the form changes; what it sets is not taken for an edit.
    public void onShow(Runnable refresher) {
        refreshers.add(refresher);
        quietly(refresher);
    }

    /// Whether controls are being set, and not by the operator.
    public boolean isShowing() {
        return showing;
    }

    /// What can be chosen changes with what else is declared, and so do the problems.
    private void follow() {
        refresh();
        fields.forEach(field -> field.show(model.problems()));
    }

    private void refresh() {
        List.copyOf(refreshers).forEach(this::quietly);
    }

    private void quietly(Runnable refresher) {
        boolean before = showing;
        showing = true;
        try {
            refresher.run();
        } finally {
            showing = before;
        }
    }
}
