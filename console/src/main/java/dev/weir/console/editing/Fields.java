package dev.weir.console.editing;

import dev.weir.console.widget.Field;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

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
    private final InvalidationListener problemsChanged = _ -> showProblems();
    private boolean showing;

    public Fields(EditorViewModel<F> model) {
        this.model = model;
        model.formProperty().addListener(formChanged);
        model.problems().addListener(problemsChanged);
    }

    /// Ends the listening; the controls stay as they are.
    public void close() {
        model.formProperty().removeListener(formChanged);
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
        control.setId(path);
        control.getStyleClass().addAll(styleClasses);
        control.textProperty()
                .addListener((_, _, typed) -> {
                    if (!showing) {
                        model.edit(path, form -> set.apply(form, typed));
                    }
                });
        onShow(() -> {
            String text = get.apply(model.form());
            if (!text.equals(control.getText())) {
                control.setText(text);
            }
        });
        return add(label, control, path);
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

    private void showProblems() {
        fields.forEach(field -> field.show(model.problems()));
    }
}
