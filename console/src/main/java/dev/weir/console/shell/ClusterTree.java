package dev.weir.console.shell;

import dev.weir.console.session.ProvisioningState;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.StateBadges;

import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The tree at the left with its filter. Keeps what is folded and selected when the tree changes.
final class ClusterTree extends VBox {
    private final Messages messages;
    private final TreeView<TreeEntry> tree = new TreeView<>();
    private final TextField filter = new TextField();
    private final Set<String> folded = new HashSet<>();
    private boolean reconciling;

    ClusterTree(TreeViewModel model, Messages messages, Consumer<Page> open) {
        this.messages = messages;
        getStyleClass().add("cluster-tree");
        filter.setPromptText(messages.text("tree.filter"));
        filter.setAccessibleText(messages.text("tree.filter"));
        filter.textProperty().bindBidirectional(model.filterProperty());
        filter.setOnKeyPressed(press -> {
            if (press.getCode() == KeyCode.DOWN) {
                tree.requestFocus();
            } else if (press.getCode() == KeyCode.ESCAPE) {
                filter.clear();
            }
        });
        HBox head = new HBox(filter);
        HBox.setHgrow(filter, Priority.ALWAYS);
        head.getStyleClass().add("tree-head");
        tree.setId("cluster-tree");
        tree.setAccessibleText(messages.text("tree.title"));
        tree.setShowRoot(false);
        tree.setFixedCellSize(28);
        tree.getStyleClass().addAll("dense", "edge-to-edge");
        tree.setCellFactory(_ -> new Cell());
        tree.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, item) -> {
                    if (item != null && !reconciling) {
                        open.accept(item.getValue().page());
                    }
                });
        VBox.setVgrow(tree, Priority.ALWAYS);
        getChildren().addAll(head, tree);
        model.rootProperty().addListener((_, _, root) -> show(root));
        show(model.rootProperty().get());
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    /// Selects the line of a page without opening it again.
    void follow(Page page) {
        reconciling = true;
        TreeItem<TreeEntry> found = find(tree.getRoot(), page);
        if (found == null) {
            tree.getSelectionModel().clearSelection();
        } else {
            tree.getSelectionModel().select(found);
        }
        reconciling = false;
    }

    private static boolean isLeaf(TreeEntry entry) {
        return switch (entry.type()) {
            case VIRTUAL_SERVERS, TARGET_GROUPS, CERTIFICATES -> false;
            case ROOT,
                    CLUSTER,
                    VIRTUAL_SERVER,
                    TARGET_GROUP,
                    CERTIFICATE,
                    NODES,
                    NODE,
                    HISTORY,
                    DIAGNOSES ->
                    true;
        };
    }

    private @Nullable TreeItem<TreeEntry> find(TreeItem<TreeEntry> from, Page page) {
        for (TreeItem<TreeEntry> child : from.getChildren()) {
            if (isLeaf(child.getValue()) && child.getValue().page().equals(page)) {
                return child;
            }
            TreeItem<TreeEntry> deeper = find(child, page);
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }

    private void show(TreeEntry root) {
        reconciling = true;
        if (tree.getRoot() == null) {
            tree.setRoot(new TreeItem<>(root));
        }
        TreeItem<TreeEntry> selected = tree.getSelectionModel().getSelectedItem();
        String key = selected == null ? "" : selected.getValue().key();
        reconcile(tree.getRoot(), root);
        TreeItem<TreeEntry> again = byKey(tree.getRoot(), key);
        if (again != null) {
            // a line that comes above the selected one moves the selection to another line
            tree.getSelectionModel().clearSelection();
            tree.getSelectionModel().select(again);
        }
        reconciling = false;
    }

    private static @Nullable TreeItem<TreeEntry> byKey(TreeItem<TreeEntry> from, String key) {
        if (from.getValue().key().equals(key)) {
            return from;
        }
        for (TreeItem<TreeEntry> child : from.getChildren()) {
            TreeItem<TreeEntry> found = byKey(child, key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void reconcile(TreeItem<TreeEntry> item, TreeEntry entry) {
        if (!entry.equals(item.getValue())) {
            item.setValue(entry);
        }
        Map<String, TreeItem<TreeEntry>> known = new HashMap<>();
        item.getChildren().forEach(child -> known.put(child.getValue().key(), child));
        List<TreeItem<TreeEntry>> children =
                entry.children().stream()
                        .map(child -> {
                            TreeItem<TreeEntry> kept = known.get(child.key());
                            return kept == null ? fresh(child) : kept;
                        })
                        .toList();
        if (!children.equals(item.getChildren())) {
            item.getChildren().setAll(children);
        }
        for (int i = 0; i < children.size(); i++) {
            reconcile(children.get(i), entry.children().get(i));
        }
    }

    private TreeItem<TreeEntry> fresh(TreeEntry entry) {
        TreeItem<TreeEntry> item = new TreeItem<>(entry);
        if (isLeaf(entry) && entry.children().isEmpty()) {
            return item; // thousands of these; none can be folded
        }
        item.setExpanded(!folded.contains(entry.key()));
        item.expandedProperty()
                .addListener((_, _, expanded) -> {
                    if (expanded) {
                        folded.remove(entry.key());
                    } else {
                        folded.add(entry.key());
                    }
                });
        return item;
    }

    /// One line: picture, name, count or state.
    private final class Cell extends TreeCell<TreeEntry> {
        @Override
        protected void updateItem(TreeEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(null);
            setTooltip(null);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            Label name = Boxes.label(entry.text(), "tree-name");
            HBox line = Boxes.row(6, icon(entry).draw("tree-icon"), name, Boxes.spring());
            setAccessibleText(entry.text());
            if (!isLeaf(entry)) {
                name.getStyleClass().add("muted");
                line.getChildren()
                        .add(Boxes.label(messages.count(entry.children().size()), "count"));
            }
            ProvisioningState state = entry.state();
            if (state != null
                    && (entry.type() == TreeEntry.Type.VIRTUAL_SERVER
                            || state == ProvisioningState.REJECTED)) {
                var mark = StateBadges.icon(state).draw("mark", "mark-" + StateBadges.tone(state));
                line.getChildren().add(mark);
                setTooltip(new Tooltip(messages.word(state)));
                setAccessibleText(entry.text() + ", " + messages.word(state));
            }
            setGraphic(line);
        }

        private static Icons icon(TreeEntry entry) {
            return switch (entry.type()) {
                case ROOT, CLUSTER -> Icons.CLUSTER;
                case VIRTUAL_SERVERS -> Icons.FOLDER;
                case TARGET_GROUPS -> Icons.FOLDER;
                case CERTIFICATES -> Icons.FOLDER;
                case VIRTUAL_SERVER -> Icons.VIRTUAL_SERVER;
                case TARGET_GROUP -> Icons.TARGET_GROUP;
                case CERTIFICATE -> Icons.CERTIFICATE;
                case NODES, NODE -> Icons.NODE;
                case HISTORY -> Icons.HISTORY;
                case DIAGNOSES -> Icons.DIAGNOSIS;
            };
        }
    }
}
