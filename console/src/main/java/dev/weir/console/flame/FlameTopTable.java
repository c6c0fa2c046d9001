package dev.weir.console.flame;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// The functions by cost, bound to the graph's selection.
final class FlameTopTable extends TableView<TopRow> {
    private static final double ROW_HEIGHT = 30;
    private static final double FIGURE_WIDTH = 88;
    private static final double PERCENT_WIDTH = 80;
    private static final double CHANGE_WIDTH = 116;

    private final FlameGraphViewModel model;
    private final FlameTexts texts;
    private final TableColumn<TopRow, TopRow> self;
    private final TableColumn<TopRow, TopRow> total;
    private final TableColumn<TopRow, TopRow> change;
    private boolean following;

    FlameTopTable(FlameGraphViewModel model) {
        this.model = model;
        this.texts = model.texts();
        getStyleClass().add("flame-top");
        setFixedCellSize(ROW_HEIGHT);
        setPlaceholder(new Label(texts.text("top.empty")));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        self = figure("top.self", TopRow::self, row -> texts.value(row.self(), unit()));
        total = figure("top.total", TopRow::total, row -> texts.value(row.total(), unit()));
        change =
                figure(
                        "top.change",
                        row -> Math.abs(row.change()),
                        row -> texts.points(row.change()));
        change.setMaxWidth(CHANGE_WIDTH);
        change.setMinWidth(CHANGE_WIDTH);
        getColumns().add(functionColumn());
        getColumns().add(change);
        getColumns().add(self);
        getColumns().add(percent("top.selfShare", TopRow::selfShare));
        getColumns().add(total);
        getColumns().add(percent("top.totalShare", TopRow::totalShare));
        model.sceneProperty().subscribe(this::fill);
        model.selectedProperty().subscribe(this::followSelection);
        getSelectionModel()
                .selectedItemProperty()
                .subscribe(row -> {
                    if (row != null && !following) {
                        model.selectFunction(row.function());
                    }
                });
    }

    private TableColumn<TopRow, String> functionColumn() {
        TableColumn<TopRow, String> column = new TableColumn<>(texts.text("top.function"));
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().name()));
        column.setMinWidth(140);
        column.setPrefWidth(240);
        return column;
    }

    private TableColumn<TopRow, TopRow> percent(String key, ToDoubleFunction<TopRow> share) {
        TableColumn<TopRow, TopRow> column =
                figure(key, share, row -> texts.percent(share.applyAsDouble(row)));
        column.setMinWidth(PERCENT_WIDTH);
        column.setMaxWidth(PERCENT_WIDTH);
        return column;
    }

    private TableColumn<TopRow, TopRow> figure(
            String key, ToDoubleFunction<TopRow> value, Function<TopRow, String> text) {
        TableColumn<TopRow, TopRow> column = new TableColumn<>(texts.text(key));
        column.getStyleClass().add("flame-top-figure");
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setComparator(
                (a, b) -> Double.compare(value.applyAsDouble(a), value.applyAsDouble(b)));
        column.setCellFactory(_ -> new FigureCell(text));
        column.setMinWidth(FIGURE_WIDTH);
        column.setMaxWidth(FIGURE_WIDTH);
        return column;
    }

    private String unit() {
        return model.scene().sampleType().unit();
    }

    private void fill() {
        following = true;
        getItems().setAll(model.scene().top());
        boolean compared = model.scene().diff() != null;
        // Recordings of different length compare by share alone.
        change.setVisible(compared);
        self.setVisible(!compared);
        total.setVisible(!compared);
        TableColumn<TopRow, TopRow> first = compared ? change : self;
        first.setSortType(TableColumn.SortType.DESCENDING);
        getSortOrder().setAll(List.of(first));
        following = false;
        scrollTo(0);
        followSelection();
    }

    private void followSelection() {
        int node = model.selectedProperty().get();
        int function = node <= 0 ? -1 : model.scene().tree().function(node);
        following = true;
        try {
            TopRow chosen = getSelectionModel().getSelectedItem();
            if (function < 0) {
                getSelectionModel().clearSelection();
            } else if (chosen == null || chosen.function() != function) {
                for (int i = 0; i < getItems().size(); i++) {
                    if (getItems().get(i).function() == function) {
                        getSelectionModel().clearAndSelect(i);
                        scrollTo(Math.max(0, i - 3));
                    }
                }
            }
        } finally {
            following = false;
        }
    }

    private static final class FigureCell extends TableCell<TopRow, TopRow> {
        private final Function<TopRow, String> text;

        FigureCell(Function<TopRow, String> text) {
            this.text = text;
        }

        @Override
        protected void updateItem(TopRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? null : text.apply(row));
        }
    }
}
