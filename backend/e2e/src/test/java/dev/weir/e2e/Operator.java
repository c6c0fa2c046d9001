package dev.weir.e2e;

import dev.weir.console.ConsoleContext;
import dev.weir.console.ConsoleWindow;
import dev.weir.console.connect.TokenStores;
import dev.weir.console.dashboard.SnmpStatistics;
import dev.weir.console.flame.PngWriter;
import dev.weir.console.session.RestSession;
import dev.weir.console.settings.ThemeChoice;
import dev.weir.console.task.VirtualThreadBackground;
import dev.weir.console.text.Language;

import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;

import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The hands and eyes of someone at the console's real window, on the headless platform.
///
/// Used by the test's thread; each look and act is carried to the user interface's thread.
final class Operator {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    private final FxRobot robot = new FxRobot();
    private final VirtualThreadBackground background =
            new VirtualThreadBackground(Platform::runLater);
    private final Path pictures;
    private final Stage stage;
    private final ConsoleWindow window;

    /// Opens the console as `weir console` does, in English and light colours.
    ///
    /// @param settings where this console keeps what it remembers
    /// @param readyFile where a lab says that it is ready
    /// @param pictures where screenshots go
    Operator(Path settings, Path readyFile, Path pictures) throws Exception {
        FxToolkit.registerPrimaryStage();
        this.pictures = Files.createDirectories(pictures);
        stage = see(Stage::new);
        window =
                see(() ->
                        new ConsoleWindow(
                                new ConsoleContext(
                                        RestSession::open,
                                        SnmpStatistics::open,
                                        // never the key store of whoever runs the test
                                        () -> TokenStores.best("Windows", settings),
                                        Clock.system(ZoneOffset.UTC),
                                        background,
                                        settings,
                                        readyFile)));
        see(() -> {
            wear(ThemeChoice.LIGHT, Language.ENGLISH);
            window.show(stage);
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(WIDTH);
            stage.setHeight(HEIGHT);
            return true;
        });
    }

    ConsoleWindow window() {
        return window;
    }

    /// Looks at something on the user interface's thread.
    <T> T see(Callable<T> look) throws Exception {
        CompletableFuture<T> seen = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                seen.complete(look.call());
            } catch (Exception | AssertionError wrong) {
                seen.completeExceptionally(wrong);
            }
        });
        return seen.get(30, TimeUnit.SECONDS);
    }

    /// Waits until the window shows it; draws what it shows instead into `target/not-in-time.png`.
    void await(String what, Callable<Boolean> shown) throws Exception {
        try {
            Site.await(what, () -> see(shown));
        } catch (AssertionError late) {
            PngWriter.write(picture(), Path.of("target/not-in-time.png"));
            throw late;
        }
    }

    /// Clicks what has the id, once it can be clicked.
    void click(String id) throws Exception {
        robot.clickOn(reachable("#" + id, node -> id.equals(node.getId())));
    }

    /// Clicks what bears the words.
    void clickWords(String words) throws Exception {
        robot.clickOn(reachable("'" + words + "'", node -> hasWords(node, words)));
    }

    /// Replaces the text of a field by typing.
    void type(String id, String text) throws Exception {
        click(id);
        push(KeyCode.CONTROL, KeyCode.A);
        robot.write(text, 0);
    }

    void push(KeyCode... keys) {
        robot.push(keys);
    }

    /// The text that the field or label with the id holds.
    String text(String id) throws Exception {
        return see(() ->
                switch (find(node -> id.equals(node.getId())).orElse(null)) {
                    case TextInputControl input -> input.getText();
                    case Labeled labelled -> labelled.getText();
                    case null, default -> "";
                });
    }

    /// The words of all labels that a selector (`#id` or `.class`) leads to; call it on the user
    /// interface's thread.
    String allText(String selector) {
        return shown().filter(node ->
                        selector.equals("#" + node.getId())
                                || node.getStyleClass().contains(selector.substring(1)))
                .flatMap(Operator::all)
                .filter(Labeled.class::isInstance)
                .map(node -> ((Labeled) node).getText())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    /// Whether these words stand somewhere; call it on the user interface's thread.
    boolean reads(String words) {
        return find(node -> hasWords(node, words)).isPresent();
    }

    /// What has the id, in any window; call it on the user interface's thread.
    Optional<Node> find(String id) {
        return find(node -> id.equals(node.getId()));
    }

    /// What is of the class, in any window; call it on the user interface's thread.
    <N extends Node> Optional<N> find(Class<N> type) {
        return find(type::isInstance).map(type::cast);
    }

    /// Draws the page as it is in both themes and languages, `name-theme-language.png`.
    ///
    /// @param prepare brings the page into the state to be drawn: a new language makes it anew
    void draw(String name, Step prepare) throws Exception {
        for (Language language : List.of(Language.CHINESE, Language.ENGLISH)) {
            for (ThemeChoice theme : List.of(ThemeChoice.DARK, ThemeChoice.LIGHT)) {
                see(() -> wear(theme, language));
                prepare.take();
                String file =
                        "%s-%s-%s.png"
                                .formatted(
                                        name,
                                        theme.name().toLowerCase(Locale.ROOT),
                                        language.locale().getLanguage());
                PngWriter.write(picture(), pictures.resolve(file));
            }
        }
    }

    /// Something that takes a while.
    interface Step {
        void take() throws Exception;
    }

    /// Closes the window.
    void leave() throws Exception {
        see(() -> {
            window.close();
            stage.close();
            return true;
        });
        background.close();
    }

    private boolean wear(ThemeChoice theme, Language language) {
        window.settings().change(it -> it.withTheme(theme).withLanguage(language));
        return true;
    }

    private WritableImage picture() throws Exception {
        // what the page posts, and the layout that follows
        for (int turn = 0; turn < 3; turn++) {
            see(() -> true);
        }
        return see(() -> {
            layOut(window.scene());
            return window.scene().snapshot(null);
        });
    }

    private Node reachable(String what, Predicate<Node> wanted) throws Exception {
        Site.await(
                what + " can be used",
                () -> see(() -> find(wanted).filter(node -> !node.isDisabled()).isPresent()));
        Site.await(
                what + " stands still",
                () -> {
                    Bounds before = see(() -> place(wanted));
                    Thread.sleep(40);
                    return before.equals(see(() -> place(wanted)));
                });
        return see(() -> find(wanted).orElseThrow());
    }

    private static Bounds place(Predicate<Node> wanted) {
        Node node = find(wanted).orElseThrow();
        layOut(node.getScene());
        scrollTo(node);
        layOut(node.getScene());
        return node.localToScreen(node.getLayoutBounds());
    }

    private static void layOut(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
    }

    /// As the wheel would, where it lies outside of what its page shows.
    private static void scrollTo(Node node) {
        for (Parent above = node.getParent(); above != null; above = above.getParent()) {
            if (above instanceof ScrollPane scroll && scroll.getContent() != null) {
                Bounds content = scroll.getContent().getLayoutBounds();
                Bounds view = scroll.getViewportBounds();
                Bounds place =
                        scroll.getContent().sceneToLocal(node.localToScene(node.getLayoutBounds()));
                double hidden = content.getHeight() - view.getHeight();
                double top = scroll.getVvalue() * hidden;
                if (hidden > 0
                        && (place.getMinY() < top || place.getMaxY() > top + view.getHeight())) {
                    scroll.setVvalue((place.getCenterY() - view.getHeight() / 2) / hidden);
                }
            }
        }
    }

    private static boolean hasWords(Node node, String words) {
        return node instanceof Labeled labelled && words.equals(labelled.getText());
    }

    private static Optional<Node> find(Predicate<Node> wanted) {
        return shown().filter(wanted).findFirst();
    }

    private static Stream<Node> shown() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .flatMap(window -> all(window.getScene().getRoot()))
                .filter(Operator::isShown);
    }

    private static boolean isShown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static Stream<Node> all(Node node) {
        return node instanceof Parent parent
                ? Stream.concat(
                        Stream.of(node),
                        parent.getChildrenUnmodifiable().stream().flatMap(Operator::all))
                : Stream.of(node);
    }
}
