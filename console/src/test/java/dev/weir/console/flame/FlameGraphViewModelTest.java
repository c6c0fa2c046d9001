package dev.weir.console.flame;

import static dev.weir.console.flame.SampleProfiles.collapsed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.profile.FlameOrder;
import dev.weir.profile.Limits;
import dev.weir.profile.ProfileReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Without any toolkit: both executors run at once, in the test's thread.
class FlameGraphViewModelTest {
    private FlameGraphViewModel model;

    @BeforeEach
    void showAProfile() throws IOException {
        model = new FlameGraphViewModel(Locale.ENGLISH, Runnable::run, Runnable::run);
        model.show(collapsed("main;read;parse 50", "main;read 10", "main;write 30", "idle 10"));
        model.navigation().resize(1000, 20);
    }

    @Test
    void showsEverythingAtFirst() {
        assertThat(model.navigation().viewport()).isEqualTo(new Viewport(0, 100, 0));
        assertThat(model.details().total()).isEqualTo(100);
        assertThat(model.texts().name(model.details())).isEqualTo("All");
        assertThat(model.sampleTypesProperty().get()).hasSize(1);
        assertThat(model.busyProperty().get()).isFalse();
    }

    @Test
    void zoomsToTheSelectedFrameAndBack() {
        model.select(node("main", "read"));
        model.perform(FlameAction.ZOOM);
        assertThat(model.navigation().zoomRoot()).isEqualTo(node("main", "read"));
        assertThat(model.navigation().viewport().span()).isEqualTo(60);
        model.select(node("main", "read", "parse"));
        model.perform(FlameAction.ZOOM);
        assertThat(model.navigation().viewport().span()).isEqualTo(50);
        model.perform(FlameAction.BACK);
        assertThat(model.navigation().viewport().span()).isEqualTo(60);
        model.perform(FlameAction.BACK);
        assertThat(model.navigation().zoomRoot()).isZero();
        assertThat(model.navigation().canGoBackProperty().get()).isFalse();
    }

    @Test
    void keepsThePointUnderThePointerWhileZooming() {
        double before = model.navigation().viewport().at(0.3);
        model.navigation().zoomAt(model.scene(), 0.3, 4);
        assertThat(model.navigation().viewport().span()).isEqualTo(25);
        assertThat(model.navigation().viewport().at(0.3)).isEqualTo(before);
        model.navigation().zoomAt(model.scene(), 0.9, 0.001);
        assertThat(model.navigation().viewport()).isEqualTo(new Viewport(0, 100, 0));
    }

    @Test
    void leavesTheZoomedFrameWhenTheViewGrowsBeyondIt() {
        model.select(node("main", "read", "parse"));
        model.perform(FlameAction.ZOOM);
        model.perform(FlameAction.ZOOM_OUT);
        assertThat(model.navigation().zoomRoot()).isEqualTo(node("main"));
        model.perform(FlameAction.BACK);
        assertThat(model.navigation().zoomRoot()).isEqualTo(node("main", "read", "parse"));
    }

    @Test
    void neverPansBeyondTheEdges() {
        model.navigation().zoomAt(model.scene(), 0, 2);
        model.navigation().pan(model.scene(), -5, -5);
        assertThat(model.navigation().viewport()).isEqualTo(new Viewport(0, 50, 0));
        model.navigation().pan(model.scene(), 7, 100);
        assertThat(model.navigation().viewport()).isEqualTo(new Viewport(50, 100, 0));
    }

    @Test
    void walksByArrowsToParentChildAndNeighbour() {
        model.perform(FlameAction.CHILD);
        assertThat(model.selectedProperty().get()).isZero();
        model.perform(FlameAction.CHILD);
        assertThat(model.selectedName()).isEqualTo("main");
        model.perform(FlameAction.CHILD);
        assertThat(model.selectedName()).isEqualTo("read");
        model.perform(FlameAction.RIGHT);
        assertThat(model.selectedName()).isEqualTo("write");
        model.perform(FlameAction.CHILD);
        assertThat(model.selectedName()).isEqualTo("write");
        model.perform(FlameAction.LEFT);
        model.perform(FlameAction.PARENT);
        assertThat(model.selectedName()).isEqualTo("main");
    }

    @Test
    void turnsTheVerticalArrowsWithTheGraph() {
        model.select(node("main", "read"));
        model.perform(FlameAction.FLIP);
        model.perform(FlameAction.PARENT);
        assertThat(model.selectedName()).isEqualTo("parse");
    }

    @Test
    void saysHowMuchASearchMatches() {
        model.searchTextProperty().set("r");
        assertThat(model.searchSummary()).isEqualTo("90.0 % of total");
        assertThat(model.searchPosition()).isEqualTo("0/3");
        model.select(node("main", "read"));
        model.perform(FlameAction.ZOOM);
        model.searchTextProperty().set("parse");
        assertThat(model.searchSummary()).isEqualTo("50.0 % · 83.3 % of zoom");
        model.searchTextProperty().set("nothing of it");
        assertThat(model.searchSummary()).isEqualTo("No match");
    }

    @Test
    void stepsThroughTheMatchesInARing() {
        model.searchTextProperty().set("^read$|write");
        model.searchRegexProperty().set(true);
        model.perform(FlameAction.NEXT_MATCH);
        assertThat(model.selectedName()).isEqualTo("read");
        assertThat(model.searchPosition()).isEqualTo("1/2");
        model.perform(FlameAction.NEXT_MATCH);
        assertThat(model.selectedName()).isEqualTo("write");
        model.perform(FlameAction.NEXT_MATCH);
        assertThat(model.selectedName()).isEqualTo("read");
        model.perform(FlameAction.PREVIOUS_MATCH);
        assertThat(model.selectedName()).isEqualTo("write");
    }

    @Test
    void saysWhatIsWrongWithAnExpression() {
        model.searchRegexProperty().set(true);
        model.searchTextProperty().set("(");
        assertThat(model.searchSummary()).contains("Unclosed group");
        model.perform(FlameAction.CLEAR);
        assertThat(model.searchTextProperty().get()).isEmpty();
        assertThat(model.searchSummary()).isEmpty();
    }

    @Test
    void zoomsToWhatIsTooNarrowToSee() throws IOException {
        model.show(collapsed("main;big 1000000", "main;small;tiny 1"));
        model.searchTextProperty().set("tiny");
        model.perform(FlameAction.NEXT_MATCH);
        assertThat(model.navigation().zoomRoot()).isEqualTo(node("main", "small"));
        model.perform(FlameAction.BACK);
        assertThat(model.navigation().zoomRoot()).isZero();
    }

    @Test
    void scrollsToADeepFrame() throws IOException {
        String[] deep = new String[200];
        java.util.Arrays.setAll(deep, i -> "f" + i);
        model.show(collapsed(String.join(";", deep) + " 5"));
        model.selectFunction(150);
        double top = model.navigation().viewport().top();
        assertThat(model.selectedName()).isEqualTo("f150");
        assertThat(151 - top).isBetween(0.0, 19.0);
    }

    @Test
    void switchesTheSampleTypeAtTheSamePlace() throws IOException {
        model.show(SampleProfiles.twoTypes());
        assertThat(model.details().total()).isEqualTo(5120);
        model.select(node("main", "read"));
        model.perform(FlameAction.ZOOM);
        model.chooseSampleType(1);
        assertThat(model.navigation().zoomRoot()).isEqualTo(node("main", "read"));
        assertThat(model.selectedName()).isEqualTo("read");
        assertThat(model.details().total()).isEqualTo(30);
        assertThat(model.details().ofTotal()).isEqualTo(0.75);
    }

    @Test
    void ordersByNameWhenAsked() throws IOException {
        model.show(collapsed("z 9", "a 1"));
        model.orderProperty().set(FlameOrder.NAME);
        assertThat(model.scene().layout().start(model.scene().layout().box(node("a")))).isZero();
    }

    @Test
    void bindsTheTableToTheSelection() {
        assertThat(model.scene().top()).extracting(TopRow::name).startsWith("parse", "write");
        int read = model.scene().tree().function(node("main", "read"));
        model.selectFunction(read);
        assertThat(model.selectedName()).isEqualTo("read");
    }

    @Test
    void comparesWithABaseline() throws IOException {
        model.compare(collapsed("main;a 5", "main;gone 5"), collapsed("main;a 100", "new 100"));
        assertThat(model.details(node("main", "gone")).change()).isEqualTo(-0.5);
        assertThat(model.details(node("main", "gone")).baselineTotal()).isEqualTo(5);
        assertThat(model.details(node("new")).change()).isEqualTo(0.5);
        assertThat(model.scene().greatestChange()).isEqualTo(0.5);
        assertThat(model.scene().top())
                .filteredOn(row -> row.change() < -0.4)
                .extracting(TopRow::name)
                .containsExactlyInAnyOrder("gone", "main");
    }

    @Test
    void refusesToCompareWhatHasNoTypeInCommon() throws IOException {
        model.compare(collapsed("a 1"), SampleProfiles.twoTypes());
        assertThat(model.scene().isEmpty()).isFalse();
        model.compare(
                collapsed("a 1"),
                ProfileReader.read(
                        new ByteArrayInputStream(
                                """
                                {"shared": {"frames": [{"name": "a"}]}, "profiles": [
                                 {"unit": "bytes", "samples": [[0]], "weights": [1]}]}
                                """
                                        .getBytes(StandardCharsets.UTF_8)),
                        Limits.DEFAULT));
        assertThat(model.scene().isEmpty()).isTrue();
        assertThat(model.messageProperty().get())
                .isEqualTo("The two profiles have no sample type in common.");
    }

    @Test
    void dropsWhatIsSupersededWhileItIsBuilt() throws IOException {
        List<Runnable> waiting = new ArrayList<>();
        FlameGraphViewModel slow =
                new FlameGraphViewModel(Locale.ENGLISH, waiting::add, Runnable::run);
        slow.show(collapsed("old 1"));
        slow.show(collapsed("young 1"));
        waiting.reversed().forEach(Runnable::run);
        assertThat(slow.scene().tree().name(1)).isEqualTo("young");
    }

    @Test
    void copiesAndExportsStacks(@TempDir Path directory) throws IOException {
        model.select(node("main", "read", "parse"));
        assertThat(model.selectedStack()).isEqualTo("main\nread\nparse");
        model.select(node("main", "read"));
        model.perform(FlameAction.ZOOM);
        Path file = directory.resolve("stacks.txt");
        model.exportCollapsed(file);
        assertThat(Files.readString(file)).isEqualTo("main;read 10\nmain;read;parse 50\n");
        assertThat(model.messageProperty().get()).isEqualTo("Saved stacks.txt");
    }

    @Test
    void drawsACrowdOfNarrowFramesInAsManyStepsAsThereArePixels() throws IOException {
        String[] lines = new String[50_000];
        java.util.Arrays.setAll(lines, i -> "f" + i + " 1");
        model.show(collapsed(lines));
        List<Integer> crowds = new ArrayList<>();
        FrameRuns.visit(
                model.scene().layout(),
                1,
                model.navigation().viewport(),
                1000,
                new FrameRuns.Sink() {
                    @Override
                    public void frame(int box, double left, double right) {
                        throw new AssertionError("no frame is a pixel wide");
                    }

                    @Override
                    public void slivers(int fromBox, int toBox, double left) {
                        crowds.add(toBox - fromBox);
                    }
                });
        assertThat(crowds).hasSizeBetween(1000, 1001);
        assertThat(crowds.stream().mapToInt(i -> i).sum()).isEqualTo(50_000);
    }

    @Test
    void shortensNamesToTheirTellingPart() {
        assertThat(Elision.lastPart("net/http.(*conn).serve")).isEqualTo("(*conn).serve");
        assertThat(Elision.lastPart("java.util.HashMap.put")).isEqualTo("HashMap.put");
        assertThat(Elision.lastPart("main.main")).isEqualTo("main.main");
        assertThat(Elision.lastPart("std::sort<a.b>(x)")).isEqualTo("std::sort<a.b>(x)");
    }

    private int node(String... path) {
        int found = model.scene().find(List.of(path));
        assertThat(model.scene().path(found)).containsExactly(path);
        return found;
    }
}
