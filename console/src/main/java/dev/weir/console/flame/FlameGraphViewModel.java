package dev.weir.console.flame;

import dev.weir.profile.CollapsedWriter;
import dev.weir.profile.FlameOrder;
import dev.weir.profile.Profile;
import dev.weir.profile.SampleType;
import dev.weir.profile.SearchPattern;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// What a flame graph shows and how it answers to the operator, without any node of the toolkit.
///
/// All methods and properties belong to the user interface's thread; trees are built and searched
/// by the worker, and what is superseded meanwhile is dropped.
public final class FlameGraphViewModel {
    private static final double WHEEL_FACTOR = 1.5;

    private final FlameTexts texts;
    private final Executor worker;
    private final Executor ui;
    private final FlameNavigation navigation = new FlameNavigation();

    private final ReadOnlyObjectWrapper<FlameScene> scene =
            new ReadOnlyObjectWrapper<>(FlameScene.EMPTY);
    private final ReadOnlyObjectWrapper<SearchOutcome> search =
            new ReadOnlyObjectWrapper<>(SearchOutcome.NONE);
    private final ReadOnlyIntegerWrapper selected = new ReadOnlyIntegerWrapper(-1);
    private final ReadOnlyIntegerWrapper hovered = new ReadOnlyIntegerWrapper(-1);
    private final ReadOnlyObjectWrapper<List<SampleType>> sampleTypes =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyIntegerWrapper sampleType = new ReadOnlyIntegerWrapper(0);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");

    private final StringProperty searchText = new SimpleStringProperty("");
    private final BooleanProperty searchRegex = new SimpleBooleanProperty();
    private final BooleanProperty icicle = new SimpleBooleanProperty(true);
    private final BooleanProperty tableShown = new SimpleBooleanProperty();
    private final BooleanProperty sheetShown = new SimpleBooleanProperty();
    private final ObjectProperty<FlameOrder> order = new SimpleObjectProperty<>(FlameOrder.WEIGHT);

    private @Nullable FlameSource source;
    private long sceneGeneration;
    private long searchGeneration;

    /// @param locale the language of texts and numbers
    /// @param worker runs what may take long, away from the user interface
    /// @param ui runs what it is given on the user interface's thread, in order
    public FlameGraphViewModel(Locale locale, Executor worker, Executor ui) {
        this.texts = new FlameTexts(locale);
        this.worker = worker;
        this.ui = ui;
        searchText.subscribe(this::searchAgain);
        searchRegex.subscribe(this::searchAgain);
        order.subscribe(_ -> rebuild(sampleType.get(), true));
    }

    /// Shows a profile from the root, with the sample type that its producer prefers.
    public void show(Profile profile) {
        open(new FlameSource.Single(profile));
    }

    /// Shows a profile over an earlier one: wider or narrower by share, coloured by the change.
    public void compare(Profile baseline, Profile now) {
        open(new FlameSource.Comparison(baseline, now));
    }

    /// The pattern that is looked for; empty for none.
    public StringProperty searchTextProperty() {
        return searchText;
    }

    /// Whether the pattern is a regular expression.
    public BooleanProperty searchRegexProperty() {
        return searchRegex;
    }

    /// Whether the root is drawn above what it calls.
    public BooleanProperty icicleProperty() {
        return icicle;
    }

    /// Whether the table of functions is shown beside the graph.
    public BooleanProperty tableShownProperty() {
        return tableShown;
    }

    /// How called frames are put side by side.
    public ObjectProperty<FlameOrder> orderProperty() {
        return order;
    }

    /// Whether a tree is being built.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// What went wrong or was done last; empty for nothing.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// The sample types to choose from.
    public ReadOnlyObjectProperty<List<SampleType>> sampleTypesProperty() {
        return sampleTypes.getReadOnlyProperty();
    }

    /// The index of the sample type that is shown.
    public ReadOnlyIntegerProperty sampleTypeProperty() {
        return sampleType.getReadOnlyProperty();
    }

    /// Shows another sample type at the same place, as far as it has that.
    public void chooseSampleType(int index) {
        if (index >= 0 && index < sampleTypes.get().size() && index != sampleType.get()) {
            rebuild(index, true);
        }
    }

    /// The cost of everything shown, in the unit of the sample type; of a comparison that of now.
    public long total() {
        return scene().total(0);
    }

    FlameTexts texts() {
        return texts;
    }

    BooleanProperty sheetShownProperty() {
        return sheetShown;
    }

    ReadOnlyObjectProperty<FlameScene> sceneProperty() {
        return scene.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<SearchOutcome> searchProperty() {
        return search.getReadOnlyProperty();
    }

    ReadOnlyIntegerProperty selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyIntegerProperty hoveredProperty() {
        return hovered.getReadOnlyProperty();
    }

    FlameNavigation navigation() {
        return navigation;
    }

    FlameScene scene() {
        return scene.get();
    }

    /// What the details bar says: of the frame under the pointer, else the selected one, else the
    /// one zoomed to.
    FlameDetails details() {
        int zoomRoot = navigation.zoomRoot();
        int node = hovered.get() >= 0 ? hovered.get() : selected.get();
        return FlameDetails.of(scene(), node >= 0 ? node : zoomRoot, zoomRoot);
    }

    FlameDetails details(int node) {
        return FlameDetails.of(scene(), node, navigation.zoomRoot());
    }

    /// The share and the place of the matches in words; empty without a search.
    String searchSummary() {
        SearchOutcome found = search.get();
        if (!found.problem().isEmpty()) {
            return found.problem();
        }
        if (!found.isActive()) {
            return "";
        }
        if (found.count() == 0) {
            return texts.text("search.none");
        }
        String ofTotal = texts.percent(found.shareWithin(0));
        int zoomRoot = navigation.zoomRoot();
        return zoomRoot == 0
                ? texts.text("search.result", ofTotal)
                : texts.text(
                        "search.resultZoomed", ofTotal, texts.percent(found.shareWithin(zoomRoot)));
    }

    /// Which match of how many is selected; empty without matches.
    String searchPosition() {
        SearchOutcome found = search.get();
        return found.count() == 0
                ? ""
                : texts.text(
                        "search.position",
                        texts.count(found.positionOf(selected.get())),
                        texts.count(found.count()));
    }

    void hover(int node) {
        hovered.set(node);
    }

    /// Selects a frame; -1 for none.
    void select(int node) {
        selected.set(node);
    }

    /// Selects a frame and brings it into view; the details follow it until the pointer moves
    /// again.
    void reveal(int node) {
        hovered.set(-1);
        selected.set(node);
        navigation.reveal(scene(), node);
    }

    /// Selects the widest frame of a function unless one of it is selected already.
    void selectFunction(int function) {
        int node = selected.get();
        if (function >= 0 && (node < 0 || scene().tree().function(node) != function)) {
            int widest = scene().widest(function);
            if (widest >= 0) {
                reveal(widest);
            }
        }
    }

    /// Does what a key stands for; copying and focus are the view's business.
    void perform(FlameAction action) {
        switch (action) {
            case ZOOM -> navigation.zoomTo(scene(), Math.max(0, selected.get()));
            case RESET -> navigation.zoomTo(scene(), 0);
            case BACK -> navigation.back();
            case ZOOM_IN -> navigation.zoomAt(scene(), 0.5, WHEEL_FACTOR);
            case ZOOM_OUT -> navigation.zoomAt(scene(), 0.5, 1 / WHEEL_FACTOR);
            case PARENT -> walk(icicle.get() ? FrameWalk.PARENT : FrameWalk.CHILD);
            case CHILD -> walk(icicle.get() ? FrameWalk.CHILD : FrameWalk.PARENT);
            case LEFT -> walk(FrameWalk.LEFT);
            case RIGHT -> walk(FrameWalk.RIGHT);
            case NEXT_MATCH -> stepMatch(1);
            case PREVIOUS_MATCH -> stepMatch(-1);
            case CLEAR -> clear();
            case FLIP -> icicle.set(!icicle.get());
            case TABLE -> tableShown.set(!tableShown.get());
            case REGEX -> searchRegex.set(!searchRegex.get());
            case HELP -> sheetShown.set(!sheetShown.get());
            case SEARCH, COPY_FRAME, COPY_STACK -> {}
        }
    }

    /// The selected function's name; empty without one.
    String selectedName() {
        return selected.get() <= 0 ? "" : scene().tree().name(selected.get());
    }

    /// The selected frame's stack, one name in each line, root first; empty without one.
    String selectedStack() {
        return selected.get() <= 0 ? "" : String.join("\n", scene().path(selected.get()));
    }

    /// Writes the stacks of the frame zoomed to as collapsed text.
    void exportCollapsed(Path file) {
        FlameScene shown = scene();
        int root = shown.inCosts(navigation.zoomRoot());
        worker.execute(() -> {
            try (Writer out = Files.newBufferedWriter(file)) {
                CollapsedWriter.write(shown.costs(), root, out);
                ui.execute(() -> exported(file));
            } catch (IOException e) {
                ui.execute(() -> exportFailed(e));
            }
        });
    }

    void exported(Path file) {
        message.set(texts.text("export.done", String.valueOf(file.getFileName())));
    }

    void exportFailed(Exception problem) {
        message.set(texts.text("export.failed", String.valueOf(problem.getMessage())));
    }

    private void open(FlameSource next) {
        source = next;
        sampleTypes.set(next.sampleTypes());
        message.set("");
        if (next.sampleTypes().isEmpty()) {
            message.set(texts.text("compare.noType"));
            accept(FlameScene.EMPTY, List.of(), List.of());
            return;
        }
        rebuild(next.defaultSampleType(), false);
    }

    private void rebuild(int type, boolean keepPlace) {
        FlameSource wanted = source;
        if (wanted == null || wanted.sampleTypes().isEmpty()) {
            return;
        }
        sampleType.set(type);
        List<String> zoom = keepPlace ? scene().path(navigation.zoomRoot()) : List.of();
        List<String> selection =
                keepPlace && selected.get() > 0 ? scene().path(selected.get()) : List.of();
        FlameOrder wantedOrder = order.get();
        long generation = ++sceneGeneration;
        busy.set(true);
        inBackground(
                () -> {
                    FlameScene built = FlameScene.of(wanted, type, wantedOrder);
                    return () -> {
                        if (generation == sceneGeneration) {
                            accept(built, zoom, selection);
                        }
                    };
                },
                problem -> {
                    if (generation == sceneGeneration) {
                        busy.set(false);
                        message.set(texts.text("failed", String.valueOf(problem.getMessage())));
                    }
                });
    }

    private void accept(FlameScene built, List<String> zoom, List<String> selection) {
        busy.set(false);
        hovered.set(-1);
        selected.set(-1);
        search.set(SearchOutcome.NONE);
        navigation.start(built, built.find(zoom));
        scene.set(built);
        int found = built.find(selection);
        selected.set(found > 0 ? found : -1);
        searchAgain();
    }

    private void searchAgain() {
        SearchPattern pattern = new SearchPattern(searchText.get(), searchRegex.get());
        FlameScene shown = scene();
        long generation = ++searchGeneration;
        if (pattern.text().isEmpty()) {
            search.set(SearchOutcome.NONE);
            return;
        }
        inBackground(
                () -> {
                    SearchOutcome found = SearchOutcome.of(shown, pattern);
                    return () -> {
                        if (generation == searchGeneration) {
                            search.set(found);
                        }
                    };
                },
                problem -> message.set(String.valueOf(problem.getMessage())));
    }

    /// @param work runs on the worker and yields what is to be done with its result
    private void inBackground(Work work, Consumer<RuntimeException> failed) {
        worker.execute(() -> {
            Runnable then;
            try {
                then = work.run();
            } catch (RuntimeException e) {
                then = () -> failed.accept(e);
            }
            ui.execute(then);
        });
    }

    private interface Work {
        Runnable run();
    }

    private void walk(FrameWalk step) {
        int from = selected.get() < 0 ? navigation.zoomRoot() : selected.get();
        reveal(selected.get() < 0 ? from : step.from(from, scene()));
    }

    private void stepMatch(int step) {
        SearchOutcome found = search.get();
        int index = found.indexAfter(selected.get(), step);
        if (index >= 0) {
            reveal(found.node(index));
        }
    }

    private void clear() {
        if (sheetShown.get()) {
            sheetShown.set(false);
        } else if (!searchText.get().isEmpty()) {
            searchText.set("");
        } else {
            selected.set(-1);
        }
    }
}
