package dev.weir.console.virtualserver;

import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Columns;
import dev.weir.console.widget.Icons;

import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The ordered rules of a virtual server, and the fields of the one that is selected.
///
/// Confined to the user interface's thread.
final class RuleTable extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private final EditorViewModel<ServerForm> model;
    private final Messages messages;
    private final TableView<Row> table;
    private final VBox detail = Boxes.column(0);
    private @Nullable RuleFields fields;
    private final InvalidationListener changed = _ -> show();
    private int shown = -1;
    private boolean filling;

    private record Row(int place, RuleForm rule, boolean wrong) {}

    RuleTable(EditorViewModel<ServerForm> model, Messages messages) {
        super(8);
        this.model = model;
        this.messages = messages;
        table = table();
        HBox buttons =
                Boxes.row(
                        4,
                        Boxes.label(messages.text("rules.title"), "panel-title"),
                        Boxes.label(messages.text("rules.order"), "small", "muted"),
                        Boxes.spring(),
                        Buttons.icon(Icons.UP, messages.text("rules.up"), () -> move(-1)),
                        Buttons.icon(Icons.DOWN, messages.text("rules.down"), () -> move(1)),
                        Buttons.icon(Icons.DELETE, messages.text("rules.remove"), this::remove),
                        Buttons.plain(Icons.ADD, messages.text("rules.add"), this::add));
        getChildren().addAll(buttons, table, detail);
        model.typedProperty().addListener(changed);
        model.problems().addListener(changed);
        show();
    }

    /// Ends the listening to the editor, which lives on.
    void close() {
        model.typedProperty().removeListener(changed);
        model.problems().removeListener(changed);
        show(null);
    }

    private TableView<Row> table() {
        TableView<Row> made =
                Columns.table(
                        Boxes.paragraph(messages.text("rules.none"), "muted"),
                        Columns.number(
                                messages.text("rules.place"),
                                44,
                                row -> row.place() + 1,
                                place -> Integer.toString(place)),
                        Columns.text(
                                messages.text("column.name"),
                                110,
                                row -> row.rule().name(),
                                "strong"),
                        Columns.text(messages.text("rules.matches"), 190, this::matches, "mono"),
                        Columns.text(messages.text("rules.does"), 220, this::does));
        made.setId("rules");
        made.setSortPolicy(_ -> false);
        made.setRowFactory(_ ->
                new TableRow<>() {
                    @Override
                    protected void updateItem(Row row, boolean empty) {
                        super.updateItem(row, empty);
                        pseudoClassStateChanged(WRONG, !empty && row != null && row.wrong());
                    }
                });
        made.getSelectionModel().selectedIndexProperty().addListener((_, _, _) -> showDetail());
        made.setOnKeyPressed(press -> {
            if (press.isAltDown() && press.getCode() == KeyCode.UP) {
                move(-1);
                press.consume();
            } else if (press.isAltDown() && press.getCode() == KeyCode.DOWN) {
                move(1);
                press.consume();
            } else if (press.getCode() == KeyCode.DELETE) {
                remove();
                press.consume();
            }
        });
        return made;
    }

    private void show() {
        List<Row> rows = new ArrayList<>();
        List<RuleForm> rules = model.form().rules();
        for (int i = 0; i < rules.size(); i++) {
            String place = "spec.rules[" + i + "]";
            boolean wrong = model.problems().stream().anyMatch(it -> it.path().startsWith(place));
            rows.add(new Row(i, rules.get(i), wrong));
        }
        // a row that is replaced loses its selection for a moment; the fields stay meanwhile, or
        // whoever types into them would lose the keyboard with each letter
        filling = true;
        fill(rows);
        filling = false;
        table.setPrefHeight(34 + 34.0 * Math.max(1, rows.size()) + 2);
        table.setMinHeight(Math.min(table.getPrefHeight(), 240));
        if (table.getSelectionModel().getSelectedIndex() < 0 && !rows.isEmpty()) {
            table.getSelectionModel().select(0);
        }
        showDetail();
    }

    private void fill(List<Row> rows) {
        int selected = table.getSelectionModel().getSelectedIndex();
        for (int i = 0; i < rows.size(); i++) {
            if (i >= table.getItems().size()) {
                table.getItems().add(rows.get(i));
            } else if (!rows.get(i).equals(table.getItems().get(i))) {
                table.getItems().set(i, rows.get(i));
            }
        }
        if (table.getItems().size() > rows.size()) {
            table.getItems().remove(rows.size(), table.getItems().size());
        }
        if (selected >= 0 && selected < rows.size()) {
            table.getSelectionModel().select(selected);
        }
    }

    private void showDetail() {
        if (filling) {
            return;
        }
        int selected = table.getSelectionModel().getSelectedIndex();
        if (selected < 0 || selected >= model.form().rules().size()) {
            shown = -1;
            show(null);
        } else if (selected != shown) {
            shown = selected;
            show(new RuleFields(model, selected, messages));
        }
    }

    private void show(@Nullable RuleFields next) {
        if (fields != null) {
            fields.close();
        }
        fields = next;
        detail.getChildren().clear();
        if (next != null) {
            detail.getChildren().add(next.node());
        }
    }

    private void move(int by) {
        int from = table.getSelectionModel().getSelectedIndex();
        int to = from + by;
        if (from >= 0 && to >= 0 && to < model.form().rules().size()) {
            shown = -1;
            model.edit("rules.order", form -> form.moved(from, to));
            table.getSelectionModel().select(to);
        }
    }

    private void remove() {
        int selected = table.getSelectionModel().getSelectedIndex();
        if (selected >= 0) {
            shown = -1;
            model.edit(
                    "rules.remove" + selected,
                    form -> {
                        List<RuleForm> rules = new ArrayList<>(form.rules());
                        rules.remove(selected);
                        return form.withRules(rules);
                    });
        }
    }

    private void add() {
        List<String> groups = List.copyOf(model.cluster().configuration().targetGroups().keySet());
        int number = model.form().rules().size() + 1;
        model.edit(
                "rules.add" + number,
                form -> {
                    List<RuleForm> rules = new ArrayList<>(form.rules());
                    rules.add(
                            RuleForm.blank(
                                    "rule-" + number, groups.isEmpty() ? "" : groups.getFirst()));
                    return form.withRules(rules);
                });
        table.getSelectionModel().select(number - 1);
    }

    private String matches(Row row) {
        String path =
                switch (row.rule().pathType()) {
                    case EXACT -> "= " + row.rule().path();
                    case PREFIX -> row.rule().path();
                    case REGEX -> "~ " + row.rule().path();
                };
        return row.rule().hosts().isBlank() ? path : row.rule().hosts() + "  " + path;
    }

    private String does(Row row) {
        RuleForm rule = row.rule();
        return switch (rule.does()) {
            case FORWARD ->
                    rule.shares().stream()
                            .map(share ->
                                    rule.shares().size() == 1
                                            ? share.group()
                                            : share.group() + " " + share.weight())
                            .collect(Collectors.joining(", ", "→ ", ""));
            case REDIRECT ->
                    messages.text(
                            "rules.redirects", rule.redirect().code(), target(rule.redirect()));
        };
    }

    private static String target(RuleForm.RedirectForm redirect) {
        return (redirect.scheme().isEmpty() ? "" : redirect.scheme() + "://")
                + redirect.host()
                + (redirect.port().isEmpty() ? "" : ":" + redirect.port())
                + redirect.path();
    }
}
