package dev.weir.console.editing;

import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageTitles;
import dev.weir.console.shell.PageView;
import dev.weir.console.widget.Boxes;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.function.Predicate;

/// The editor of a resource that does not exist yet; becomes its page once it does.
public final class NewResourceView implements PageView {
    private final EditorViewModel<?> editor;
    private final EditorFields fields;
    private final Arrival arrival;
    private final Page page;
    private final Desk desk;
    private final VBox content;
    private final InvalidationListener changed = _ -> follow();

    /// Tells when what was made has arrived with the server's news.
    ///
    /// @param news changes whenever something may have arrived
    public record Arrival(Observable news, Predicate<String> isThere) {

        /// Of a resource in a cluster.
        public static Arrival in(LiveCluster cluster, Kind kind) {
            return new Arrival(
                    cluster.configurationProperty(), name -> cluster.find(kind, name).isPresent());
        }
    }

    /// @param page this one
    public NewResourceView(
            EditorViewModel<?> editor, EditorFields fields, Arrival arrival, Page page, Desk desk) {
        this.editor = editor;
        this.arrival = arrival;
        this.fields = fields;
        this.page = page;
        this.desk = desk;
        VBox.setVgrow(fields.node(), Priority.ALWAYS);
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                PageTitles.icon(page).draw("title-icon"),
                                Boxes.label(PageTitles.of(page, desk.messages()), "page-title")),
                        fields.node());
        content.getStyleClass().add("page");
        editor.appliedProperty().addListener(changed);
        arrival.news().addListener(changed);
    }

    /// Once the new resource is declared, its own page takes this one's place.
    private void follow() {
        Reference made = new Reference(editor.kind(), editor.name());
        if (editor.appliedProperty().get() > 0 && arrival.isThere().test(made.name())) {
            desk.open(Page.of(editor.cluster().name(), made));
            desk.close(page);
        }
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                new Action(
                        "action.save",
                        desk.messages().text("action.save"),
                        "Shortcut+S",
                        editor::goOn),
                new Action(
                        "action.undo-change",
                        desk.messages().text("action.undo-change"),
                        "Shortcut+Z",
                        editor::undo));
    }

    @Override
    public void close() {
        editor.appliedProperty().removeListener(changed);
        arrival.news().removeListener(changed);
        fields.close();
    }
}
