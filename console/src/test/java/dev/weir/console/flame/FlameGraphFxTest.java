package dev.weir.console.flame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import dev.weir.profile.Profile;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javafx.stage.Window;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// The view as an operator uses it, on the headless platform; leaves pictures in `target`.
@ExtendWith(ApplicationExtension.class)
class FlameGraphFxTest {
    private static final Path PICTURES = Path.of("target", "flame");
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 640;

    private Stage stage;
    private FlameGraphView view;
    private FlameGraphViewModel model;

    @Start
    void start(Stage shown) throws IOException {
        Files.createDirectories(PICTURES);
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        stage = shown;
        open(Locale.US);
        stage.show();
    }

    @AfterEach
    void close() {
        Platform.runLater(stage::close);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void zoomsSearchesAndWalksByMouseAndKeyboard(FxRobot robot) throws Exception {
        show(SampleProfiles.server(1));
        FlameCanvas canvas = canvas();
        robot.moveTo(canvas);
        robot.clickOn(canvas);
        Platform.runLater(
                () -> model.reveal(model.scene().find(List.of("runtime.main", "main.main"))));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(canvas.isFocused()).isTrue();
        assertThat(canvas.getAccessibleText()).startsWith("main.main, 100.0 % of total");
        robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN);
        String selected = model.selectedName();
        assertThat(selected).isNotEqualTo("main.main");
        robot.type(KeyCode.ENTER);
        assertThat(model.navigation().zoomRoot()).isEqualTo(model.selectedProperty().get());
        Label name = robot.lookup("#flame-details-name").queryAs(Label.class);
        assertThat(name.getText()).isEqualTo(selected);
        robot.type(KeyCode.BACK_SPACE);
        assertThat(model.navigation().zoomRoot()).isZero();

        robot.press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
        robot.write("json");
        WaitForAsyncUtils.waitFor(
                5, TimeUnit.SECONDS, () -> model.searchProperty().get().count() > 0);
        robot.type(KeyCode.ENTER);
        assertThat(canvas.isFocused()).isTrue();
        assertThat(model.selectedName()).contains("json");
        assertThat(robot.lookup("#flame-search-share").queryAs(Label.class).getText())
                .matches("[\\d.]+ %.*");
        picture("search-light-en");
        robot.write("n").write("i");
        assertThat(model.icicleProperty().get()).isFalse();
        robot.type(KeyCode.ESCAPE);
        assertThat(model.searchTextProperty().get()).isEmpty();
        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        String[] copied = new String[1];
        Platform.runLater(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(copied[0]).isEqualTo(model.selectedName());
    }

    @Test
    void zoomsByDoubleClickAndByWheelAroundThePointer(FxRobot robot) throws Exception {
        show(SampleProfiles.server(1));
        FlameCanvas canvas = canvas();
        Point2D at = canvas.localToScreen(canvas.getWidth() * 0.2, FlamePainter.ROW_HEIGHT * 6.5);
        robot.moveTo(at);
        WaitForAsyncUtils.waitForFxEvents();
        int hovered = model.hoveredProperty().get();
        assertThat(hovered).isPositive();
        WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, () -> tooltip().contains(name(hovered)));
        robot.doubleClickOn(at);
        assertThat(model.navigation().zoomRoot()).isEqualTo(hovered);
        double span = model.navigation().viewport().span();
        Point2D wheel = canvas.localToScene(canvas.getWidth() * 0.25, 50);
        double under = model.navigation().viewport().at(0.25);
        Platform.runLater(() -> canvas.fireEvent(wheelWithControl(wheel)));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.navigation().viewport().span()).isLessThan(span * 0.75);
        assertThat(model.navigation().viewport().at(0.25)).isCloseTo(under, offset(span * 1e-6));
    }

    @Test
    void pansByDraggingAndShowsItsKeys(FxRobot robot) throws Exception {
        show(SampleProfiles.server(1));
        FlameCanvas canvas = canvas();
        robot.clickOn(canvas).write("+++");
        WaitForAsyncUtils.waitForFxEvents();
        Viewport before = model.navigation().viewport();
        robot.drag(canvas).moveBy(-200, 0).drop();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.navigation().viewport().start())
                .isGreaterThan(before.start() + before.span() * 0.1);
        assertThat(model.navigation().viewport().span()).isCloseTo(before.span(), offset(1e-6));
        robot.write("?");
        assertThat(model.sheetShownProperty().get()).isTrue();
        robot.type(KeyCode.ESCAPE).write("0");
        assertThat(model.sheetShownProperty().get()).isFalse();
        assertThat(model.navigation().viewport().start()).isZero();
    }

    @Test
    void offersWhatCanBeDoneWithAFrame(FxRobot robot) throws Exception {
        show(SampleProfiles.server(1));
        FlameCanvas canvas = canvas();
        robot.rightClickOn(
                canvas.localToScreen(canvas.getWidth() * 0.2, FlamePainter.ROW_HEIGHT * 2.5));
        robot.clickOn("Search for this function");
        assertThat(model.searchTextProperty().get()).isEqualTo("main.main");
        assertThat(model.searchPosition()).isEqualTo("1/1");
    }

    @Test
    void savesThePictureWhereTheOperatorWishes(FxRobot robot) throws Exception {
        show(SampleProfiles.server(1));
        Path file = PICTURES.resolve("export.png");
        Files.deleteIfExists(file);
        view.setFilePicker(_ -> file);
        robot.clickOn("#flame-export");
        robot.clickOn("Picture of this view (PNG)…");
        WaitForAsyncUtils.waitForFxEvents();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).startsWith(0x89, 'P', 'N', 'G');
        assertThat(model.messageProperty().get()).isEqualTo("Saved export.png");
    }

    @Test
    void followsTheThemeAndTheLanguage(FxRobot robot) throws Exception {
        for (Locale locale : new Locale[] {Locale.US, Locale.CHINA}) {
            Platform.runLater(() -> open(locale));
            WaitForAsyncUtils.waitForFxEvents();
            for (boolean dark : new boolean[] {false, true}) {
                wear(dark);
                show(SampleProfiles.server(1));
                String suffix = (dark ? "-dark-" : "-light-") + locale.getLanguage();
                robot.interact(() -> {
                    model.perform(FlameAction.RESET);
                    model.select(model.scene().widest(8));
                });
                picture("flame" + suffix);
                Color background = canvas().color(FlameColor.BACKGROUND);
                assertThat(background.getBrightness() < 0.5).isEqualTo(dark);
                robot.interact(() ->
                        assertThat(canvas().image().getPixelReader().getColor(2, 400))
                                .isEqualTo(background));
                robot.interact(() -> {
                    model.tableShownProperty().set(true);
                    model.icicleProperty().set(false);
                });
                compare(SampleProfiles.server(2), SampleProfiles.server(1));
                picture("compare" + suffix);
                robot.interact(() -> model.perform(FlameAction.HELP));
                picture("keys" + suffix);
                robot.interact(() -> {
                    model.perform(FlameAction.CLEAR);
                    model.tableShownProperty().set(false);
                    model.icicleProperty().set(true);
                });
            }
        }
        wear(false);
    }

    /// The headless robot scrolls without modifiers.
    private static ScrollEvent wheelWithControl(Point2D at) {
        var characters = ScrollEvent.HorizontalTextScrollUnits.NONE;
        var lines = ScrollEvent.VerticalTextScrollUnits.NONE;
        return new ScrollEvent(
                ScrollEvent.SCROLL,
                at.getX(),
                at.getY(),
                at.getX(),
                at.getY(),
                false,
                true,
                false,
                false,
                false,
                false,
                0,
                80,
                0,
                80,
                characters,
                0,
                lines,
                0,
                0,
                null);
    }

    private static String tooltip() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Tooltip && window.isShowing())
                .map(window -> ((Tooltip) window).getText())
                .findFirst()
                .orElse("");
    }

    private String name(int node) {
        return model.scene().tree().name(node);
    }

    private void open(Locale locale) {
        model = new FlameGraphViewModel(locale, Runnable::run, Runnable::run);
        view = new FlameGraphView(model);
        Scene scene = new Scene(view, WIDTH, HEIGHT);
        stage.setScene(scene);
    }

    private void show(Profile profile) {
        Platform.runLater(() -> model.show(profile));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void compare(Profile baseline, Profile now) {
        Platform.runLater(() -> model.compare(baseline, now));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void wear(boolean dark) {
        Platform.runLater(() ->
                Application.setUserAgentStylesheet(
                        dark
                                ? new PrimerDark().getUserAgentStylesheet()
                                : new PrimerLight().getUserAgentStylesheet()));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private FlameCanvas canvas() {
        return ((FlameGraphSkin) view.getSkin()).canvas();
    }

    private void picture(String name) {
        WaitForAsyncUtils.waitForFxEvents();
        Platform.runLater(() -> {
            try {
                PngWriter.write(view.getScene().snapshot(null), PICTURES.resolve(name + ".png"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
