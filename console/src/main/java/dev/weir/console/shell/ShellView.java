package dev.weir.console.shell;

import dev.weir.console.connect.ConnectView;
import dev.weir.console.connect.ConnectViewModel;
import dev.weir.console.session.LiveSession;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Badge;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.Layers;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// The window's content in one language: made anew when the language changes.
///
/// Confined to the user interface's thread.
public final class ShellView {
    private final ShellViewModel model;
    private final ConnectViewModel connecting;
    private final Background background;
    private final Messages messages;
    private final Appearance appearance;
    private final BiFunction<Page, Desk, PageView> factory;

    private final BorderPane frame = new BorderPane();
    private final Layers layers = new Layers(frame);
    private final DeskView desk;
    private final TabPane tabs = new TabPane();
    private final Map<Page, Tab> tabOf = new HashMap<>();
    private final Map<Page, PageView> views = new HashMap<>();
    private final ListChangeListener<Page> pagesChanged = this::pagesChanged;
    private final ChangeListener<@Nullable Page> frontChanged =
            (_, before, now) -> bringToFront(before, now);
    private final ChangeListener<@Nullable LiveSession> sessionChanged = (_, _, now) -> show(now);
    private @Nullable ClusterTree tree;
    private @Nullable TreeViewModel treeModel;

    /// What the window's own commands change.
    public interface Appearance {
        void nextTheme();

        void nextLanguage();
    }

    /// @param factory makes the view of a page
    public ShellView(
            ShellViewModel model,
            ConnectViewModel connecting,
            Background background,
            Messages messages,
            Appearance appearance,
            BiFunction<Page, Desk, PageView> factory) {
        this.model = model;
        this.connecting = connecting;
        this.background = background;
        this.messages = messages;
        this.appearance = appearance;
        this.factory = factory;
        this.desk = new DeskView(layers, messages, model);
        frame.getStyleClass().add("shell");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.setTabDragPolicy(TabPane.TabDragPolicy.FIXED);
        tabs.getStyleClass().add("pages");
        layers.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        layers.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        model.pages().addListener(pagesChanged);
        model.frontProperty().addListener(frontChanged);
        model.sessionProperty().addListener(sessionChanged);
        show(model.sessionProperty().get());
        model.pages().forEach(this::addTab);
        bringToFront(null, model.frontProperty().get());
        // only now: a pane selects its first tab by itself, which is no wish of the operator
        tabs.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, tab) -> {
                    if (tab != null && tab.getUserData() instanceof Page page) {
                        model.frontProperty().set(page);
                    }
                });
    }

    public Parent node() {
        return layers;
    }

    /// Ends the listening of this view and its pages; the view models live on.
    public void close() {
        model.pages().removeListener(pagesChanged);
        model.frontProperty().removeListener(frontChanged);
        model.sessionProperty().removeListener(sessionChanged);
        views.values().forEach(PageView::close);
        views.clear();
    }

    private void show(@Nullable LiveSession session) {
        tree = null;
        treeModel = null;
        layers.dismiss();
        if (session == null) {
            connecting.look();
            frame.setTop(bar(null));
            frame.setCenter(new ConnectView(connecting, messages).node());
            frame.setBottom(null);
            return;
        }
        TreeViewModel lines = new TreeViewModel(session, background, () -> messages);
        ClusterTree side = new ClusterTree(lines, messages, model::open);
        treeModel = lines;
        tree = side;
        SplitPane split = new SplitPane(side, middle());
        SplitPane.setResizableWithParent(side, false);
        split.setDividerPositions(0.19);
        side.setMinWidth(180);
        side.setPrefWidth(240);
        side.setMaxWidth(420);
        frame.setTop(new VBox(bar(session), new ConnectionBanner(session, messages)));
        frame.setCenter(split);
        frame.setBottom(new StatusBar(session, messages));
        Page front = model.frontProperty().get();
        if (front != null) {
            side.follow(front);
        }
    }

    private Node middle() {
        Node nothing =
                Boxes.empty(
                        Icons.DASHBOARD,
                        messages.text("shell.nothing"),
                        messages.text("shell.nothing.advice"));
        nothing.visibleProperty().bind(Bindings.isEmpty(tabs.getTabs()));
        tabs.visibleProperty().bind(Bindings.isNotEmpty(tabs.getTabs()));
        return new StackPane(tabs, nothing);
    }

    private HBox bar(@Nullable LiveSession session) {
        Label mark = Boxes.label("Weir", "brand");
        mark.setGraphic(Icons.VIRTUAL_SERVER.draw("brand-icon"));
        HBox bar = Boxes.row(8, mark);
        bar.getStyleClass().add("top-bar");
        if (session != null) {
            Badge state = new Badge(Icons.OK, "", Badge.Tone.GOOD);
            Runnable show =
                    () -> ConnectionBanner.show(state, session.stateProperty().get(), messages);
            session.stateProperty().addListener((_, _, _) -> show.run());
            show.run();
            bar.getChildren().addAll(Boxes.label(session.endpoint().name(), "strong"), state);
        }
        Button palette =
                Buttons.plain(Icons.SEARCH, messages.text("shell.palette"), this::openPalette);
        palette.setId("open-palette");
        palette.getStyleClass().add("palette-button");
        Label keys = Boxes.label("Ctrl+K", "keys");
        HBox wide = Boxes.row(8, palette, keys);
        bar.getChildren().addAll(Boxes.spring(), wide, Boxes.spring());
        bar.getChildren()
                .addAll(
                        Buttons.icon(
                                Icons.THEME, messages.text("action.theme"), appearance::nextTheme),
                        Buttons.icon(
                                Icons.LANGUAGE,
                                messages.text("action.language"),
                                appearance::nextLanguage),
                        Buttons.icon(
                                Icons.KEYBOARD,
                                messages.text("action.keys"),
                                this::openCheatSheet));
        if (session != null) {
            bar.getChildren()
                    .addAll(
                            Buttons.icon(
                                    Icons.SETTINGS,
                                    messages.text("action.settings"),
                                    () -> model.open(new Page.Preferences())),
                            Buttons.icon(
                                    Icons.CONNECT,
                                    messages.text("action.disconnect"),
                                    model::disconnect));
        }
        return bar;
    }

    // ---- tabs

    private void pagesChanged(ListChangeListener.Change<? extends Page> change) {
        while (change.next()) {
            change.getRemoved().forEach(this::removeTab);
            change.getAddedSubList().forEach(this::addTab);
        }
    }

    private void addTab(Page page) {
        PageView view = factory.apply(page, desk);
        Tab tab = new Tab(PageTitles.of(page, messages), view.node());
        tab.setGraphic(PageTitles.icon(page).draw("tab-icon"));
        tab.setUserData(page);
        tab.setOnCloseRequest(request -> {
            request.consume();
            model.close(page);
        });
        tabOf.put(page, tab);
        views.put(page, view);
        tabs.getTabs().add(tab);
    }

    private void removeTab(Page page) {
        tabs.getTabs().remove(tabOf.remove(page));
        PageView view = views.remove(page);
        if (view != null) {
            view.hidden();
            view.close();
        }
    }

    private void bringToFront(@Nullable Page before, @Nullable Page now) {
        PageView left = before == null ? null : views.get(before);
        if (left != null) {
            left.hidden();
        }
        if (now == null) {
            return;
        }
        tabs.getSelectionModel().select(tabOf.get(now));
        PageView shown = views.get(now);
        if (shown != null) {
            shown.shown();
        }
        if (tree != null) {
            tree.follow(now);
        }
    }

    // ---- keys and commands

    private List<Action> actions() {
        List<Action> all = new ArrayList<>();
        Page front = model.frontProperty().get();
        PageView view = front == null ? null : views.get(front);
        if (view != null) {
            all.addAll(view.actions());
        }
        LiveSession session = model.sessionProperty().get();
        if (session != null) {
            all.add(action("action.refresh", "F5", session::refresh));
            if (front != null) {
                all.add(action("action.close-tab", "Shortcut+W", () -> model.close(front)));
            }
            ClusterTree side = tree;
            if (side != null) {
                all.add(action("action.filter-tree", "Shortcut+Shift+F", side::focusFilter));
            }
            all.add(action("cluster.new-cluster", null, () -> model.open(new Page.NewCluster())));
            all.add(action("action.diagnoses", null, () -> model.open(new Page.Diagnoses())));
            all.add(action("action.settings", null, () -> model.open(new Page.Preferences())));
        }
        all.add(action("action.palette", "Shortcut+K", this::openPalette));
        all.add(action("action.keys", "?", this::openCheatSheet));
        all.add(action("action.theme", null, appearance::nextTheme));
        all.add(action("action.language", null, appearance::nextLanguage));
        if (session != null) {
            all.add(action("action.disconnect", null, model::disconnect));
        }
        return all;
    }

    private Action action(String key, @Nullable String shortcut, Runnable run) {
        return new Action(key, messages.text(key).replace("_", ""), shortcut, run);
    }

    private void key(KeyEvent press) {
        if (layers.isCovered()) {
            return;
        }
        for (int number = 1; number <= 9; number++) {
            if (KeyCombination.valueOf("Shortcut+Digit" + number).match(press)) {
                model.select(number);
                press.consume();
                return;
            }
        }
        for (Action action : actions()) {
            String shortcut = action.shortcut();
            if (shortcut != null
                    && !shortcut.equals("?")
                    && KeyCombination.valueOf(shortcut).match(press)) {
                press.consume();
                action.run().run();
                return;
            }
        }
    }

    /// `?` is typed with other keys on other keyboards, so the character decides.
    private void typed(KeyEvent typed) {
        if (typed.getCharacter().equals("?")
                && !layers.isCovered()
                && !(typed.getTarget() instanceof TextInputControl)) {
            openCheatSheet();
        }
    }

    /// Opens the command palette.
    public void openPalette() {
        List<Action> all = actions();
        if (treeModel != null) {
            for (TreeEntry entry : treeModel.all()) {
                all.add(
                        new Action(
                                entry.key(),
                                messages.text(
                                        "palette.go",
                                        PageTitles.of(entry.page(), messages),
                                        PageTitles.place(entry.page())),
                                null,
                                () -> model.open(entry.page())));
            }
        }
        CommandPalette palette =
                new CommandPalette(all.stream().distinct().toList(), messages, layers::dismiss);
        layers.show(palette, Pos.TOP_CENTER, palette.search());
    }

    private void openCheatSheet() {
        CheatSheet sheet = new CheatSheet(actions(), messages, layers::dismiss);
        layers.show(sheet, Pos.CENTER, sheet.closeButton());
    }

    /// The scene that shows this view, or null while none does.
    public @Nullable Scene scene() {
        return layers.getScene();
    }
}
