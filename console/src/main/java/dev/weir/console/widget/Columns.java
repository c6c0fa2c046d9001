package dev.weir.console.widget;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import java.util.Comparator;
import java.util.function.Function;

/// Table columns by what they show.
public final class Columns {
    private Columns() {}

    /// Text, left.
    public static <R> TableColumn<R, String> text(
            String title, double width, Function<R, String> value, String... styleClasses) {
        TableColumn<R, String> column = sized(title, width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        column.getStyleClass().addAll(styleClasses);
        return column;
    }

    /// A number, right; sorted by its value, shown by `format`.
    public static <R, N extends Comparable<N>> TableColumn<R, N> number(
            String title, double width, Function<R, N> value, Function<N, String> format) {
        TableColumn<R, N> column = sized(title, width);
        column.getStyleClass().add("number");
        column.setComparator(Comparator.nullsFirst(Comparator.naturalOrder()));
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        column.setCellFactory(_ ->
                new TableCell<>() {
                    @Override
                    protected void updateItem(N item, boolean empty) {
                        super.updateItem(item, empty);
                        setText(empty || item == null ? null : format.apply(item));
                    }
                });
        return column;
    }

    /// Any node, made anew for each row.
    public static <R> TableColumn<R, R> node(
            String title, double width, Function<R, Node> draw, Comparator<R> order) {
        TableColumn<R, R> column = sized(title, width);
        column.setComparator(order);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ ->
                new TableCell<>() {
                    @Override
                    protected void updateItem(R item, boolean empty) {
                        super.updateItem(item, empty);
                        setGraphic(empty || item == null ? null : draw.apply(item));
                    }
                });
        return column;
    }

    /// A dense table of the columns; the last takes what is left.
    @SafeVarargs
    public static <R> TableView<R> table(Node placeholder, TableColumn<R, ?>... columns) {
        TableView<R> table = new TableView<>();
        for (TableColumn<R, ?> column : columns) {
            table.getColumns().add(column);
        }
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setFixedCellSize(34);
        table.setPlaceholder(placeholder);
        table.getStyleClass().addAll("dense", "edge-to-edge");
        return table;
    }

    private static <R, V> TableColumn<R, V> sized(String title, double width) {
        TableColumn<R, V> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 60));
        column.setReorderable(false);
        return column;
    }
}
