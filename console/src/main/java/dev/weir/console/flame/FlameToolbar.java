package dev.weir.console.flame;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;

import dev.weir.profile.FlameOrder;
import dev.weir.profile.SampleType;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/// Search, sample type and the switches of the view.
final class FlameToolbar extends HBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("error");

    private final FlameGraphViewModel model;
    private final FlameTexts texts;
    private final CustomTextField search = new CustomTextField();
    private Runnable searchDone = () -> {};

    /// @param exportPicture asks where to and saves what is in view
    /// @param exportCollapsed asks where to and saves the stacks
    FlameToolbar(FlameGraphViewModel model, Runnable exportPicture, Runnable exportCollapsed) {
        this.model = model;
        this.texts = model.texts();
        getStyleClass().add("flame-toolbar");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getChildren()
                .addAll(
                        button(FlameAction.BACK, Material2AL.ARROW_BACK),
                        button(FlameAction.RESET, Material2MZ.ZOOM_OUT_MAP),
                        searchField(),
                        regexToggle(),
                        button(FlameAction.PREVIOUS_MATCH, Material2AL.KEYBOARD_ARROW_UP),
                        button(FlameAction.NEXT_MATCH, Material2AL.KEYBOARD_ARROW_DOWN),
                        searchResult(),
                        gap,
                        sampleTypes(),
                        orderToggle(),
                        button(FlameAction.FLIP, Material2MZ.SWAP_VERT),
                        tableToggle(),
                        exportMenu(exportPicture, exportCollapsed),
                        button(FlameAction.HELP, Material2AL.KEYBOARD));
    }

    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    /// @param done runs when the operator is through with the search field
    void setOnSearchDone(Runnable done) {
        searchDone = done;
    }

    private Button button(FlameAction action, Ikon icon) {
        Button button = new Button();
        dress(button, icon, texts.text("action." + action.name()), action.keys());
        button.setId("flame-" + action.name());
        button.setOnAction(_ -> model.perform(action));
        switch (action) {
            case BACK ->
                    button.disableProperty().bind(model.navigation().canGoBackProperty().not());
            case NEXT_MATCH, PREVIOUS_MATCH ->
                    button.disableProperty()
                            .bind(model.searchProperty().map(found -> found.count() == 0));
            default -> {}
        }
        return button;
    }

    private static void dress(ButtonBase button, Ikon icon, String text, String keys) {
        button.setGraphic(new FontIcon(icon));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        button.setTooltip(new Tooltip(keys.isEmpty() ? text : text + "  (" + keys + ")"));
        button.setAccessibleText(text);
        button.setFocusTraversable(true);
        button.setMinWidth(Region.USE_PREF_SIZE);
    }

    private CustomTextField searchField() {
        search.setId("flame-search");
        search.setPromptText(texts.text("search.prompt"));
        search.setAccessibleText(texts.text("search.prompt"));
        search.setLeft(new FontIcon(Material2MZ.SEARCH));
        search.textProperty().bindBidirectional(model.searchTextProperty());
        search.setOnAction(_ -> {
            model.perform(FlameAction.NEXT_MATCH);
            searchDone.run();
        });
        // The field takes Alt+Left for itself otherwise.
        search.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (FlameKeys.pressed(event, false) == FlameAction.BACK) {
                        model.perform(FlameAction.BACK);
                        event.consume();
                    }
                });
        return search;
    }

    private ToggleButton regexToggle() {
        ToggleButton regex = new ToggleButton(".*");
        regex.setId("flame-regex");
        regex.getStyleClass().addAll("flame-regex", Styles.FLAT);
        String text = texts.text("action.REGEX");
        regex.setTooltip(new Tooltip(text + "  (" + FlameAction.REGEX.keys() + ")"));
        regex.setAccessibleText(text);
        regex.setMinWidth(Region.USE_PREF_SIZE);
        regex.selectedProperty().bindBidirectional(model.searchRegexProperty());
        return regex;
    }

    private HBox searchResult() {
        Label share = new Label();
        share.setId("flame-search-share");
        share.getStyleClass().add("flame-search-share");
        share.setMinWidth(Region.USE_PREF_SIZE);
        share.setMaxWidth(260);
        Label position = new Label();
        position.getStyleClass().add("flame-search-position");
        position.setMinWidth(Region.USE_PREF_SIZE);
        Runnable update =
                () -> {
                    boolean wrong = !model.searchProperty().get().problem().isEmpty();
                    search.pseudoClassStateChanged(WRONG, wrong);
                    share.pseudoClassStateChanged(WRONG, wrong);
                    share.setText(model.searchSummary());
                    share.setTooltip(wrong ? new Tooltip(model.searchSummary()) : null);
                    position.setText(model.searchPosition());
                };
        model.searchProperty().subscribe(update);
        model.selectedProperty().subscribe(update);
        model.navigation().zoomRootProperty().subscribe(update);
        HBox result = new HBox(position, share);
        result.getStyleClass().add("flame-search-result");
        return result;
    }

    private ComboBox<SampleType> sampleTypes() {
        ComboBox<SampleType> types = new ComboBox<>();
        types.setId("flame-sample-type");
        types.setAccessibleText(texts.text("toolbar.sampleType"));
        types.setTooltip(new Tooltip(texts.text("toolbar.sampleType")));
        types.setMinWidth(Region.USE_PREF_SIZE);
        types.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(SampleType type) {
                        return type == null ? "" : texts.sampleType(type);
                    }

                    @Override
                    public SampleType fromString(String text) {
                        throw new UnsupportedOperationException("sample types are chosen");
                    }
                });
        model.sampleTypesProperty()
                .subscribe(all -> {
                    types.getItems().setAll(all);
                    types.getSelectionModel().select(model.sampleTypeProperty().get());
                    types.setVisible(!all.isEmpty());
                });
        model.sampleTypeProperty()
                .subscribe(index -> types.getSelectionModel().select(index.intValue()));
        types.setOnAction(
                _ -> model.chooseSampleType(types.getSelectionModel().getSelectedIndex()));
        return types;
    }

    private ToggleButton orderToggle() {
        ToggleButton byName = new ToggleButton();
        dress(byName, Material2MZ.SORT_BY_ALPHA, texts.text("toolbar.order.name"), "");
        byName.selectedProperty()
                .subscribe(selected ->
                        model.orderProperty().set(selected ? FlameOrder.NAME : FlameOrder.WEIGHT));
        return byName;
    }

    private ToggleButton tableToggle() {
        ToggleButton table = new ToggleButton();
        table.setId("flame-table-toggle");
        String text = texts.text("action.TABLE");
        dress(table, Material2MZ.TABLE_CHART, text, FlameAction.TABLE.keys());
        table.selectedProperty().bindBidirectional(model.tableShownProperty());
        return table;
    }

    private MenuButton exportMenu(Runnable exportPicture, Runnable exportCollapsed) {
        MenuItem picture = new MenuItem(texts.text("export.png"));
        picture.setOnAction(_ -> exportPicture.run());
        MenuItem collapsed = new MenuItem(texts.text("export.collapsed"));
        collapsed.setOnAction(_ -> exportCollapsed.run());
        MenuButton menu = new MenuButton(null, null, picture, collapsed);
        menu.setId("flame-export");
        dress(menu, Material2MZ.SAVE_ALT, texts.text("toolbar.export"), "");
        menu.disableProperty().bind(model.sceneProperty().map(FlameScene::isEmpty));
        return menu;
    }
}
