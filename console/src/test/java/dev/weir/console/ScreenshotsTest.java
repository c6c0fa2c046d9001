package dev.weir.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ReadyFile;
import dev.weir.console.connect.SnmpForm;
import dev.weir.console.fake.SampleRuns;
import dev.weir.console.fake.Samples;
import dev.weir.console.flame.PngWriter;
import dev.weir.console.settings.ThemeChoice;
import dev.weir.console.shell.Page;
import dev.weir.console.text.Language;
import dev.weir.model.Change;
import dev.weir.model.Kind;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxToolkit;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Draws every page over fakes in both themes and languages, 1280×800, into `target/screenshots`.
/// The pictures of the repository come from a real lab, by `ConsoleLoopTest` of `backend/e2e`.
class ScreenshotsTest {
    private static final Path DIRECTORY = Path.of("target/screenshots");

    @TempDir private Path settings;

    @BeforeAll
    static void startToolkit() throws Exception {
        Files.createDirectories(DIRECTORY);
        FxToolkit.registerPrimaryStage();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,ENGLISH", "DARK,ENGLISH", "LIGHT,CHINESE", "DARK,CHINESE"})
    void drawsEveryPage(ThemeChoice theme, Language language) throws Exception {
        String suffix = (theme + "-" + language.locale().getLanguage()).toLowerCase(Locale.ROOT);
        ConsoleFixture fixture = new ConsoleFixture();
        readyFile();
        Console console = onUi(() -> new Console(fixture, settings, theme, language));

        console.shoot("connect-" + suffix, _ -> {});
        console.shoot(
                "connect-snmp-user-" + suffix,
                window -> {
                    window.connecting().snmp().versionProperty().set(SnmpForm.Version.USER);
                    type(window.scene().getRoot(), "#connect-snmp-user", "console");
                    type(window.scene().getRoot(), "#connect-snmp-authentication", "passphrase");
                    type(window.scene().getRoot(), "#connect-snmp-privacy", "short");
                    type(window.scene().getRoot(), "#connect-address", "https://lb.example:8443");
                    type(window.scene().getRoot(), "#connect-token", "secret");
                    click(window.scene().getRoot(), "#connect-submit");
                });
        onUi(() -> {
            console.window.connecting().connect(ConsoleFixture.ENDPOINT);
            fixture.pass(200);
            return true;
        });
        console.shoot("cluster-" + suffix, _ -> {});
        console.shoot(
                "virtual-server-" + suffix,
                window -> window.shell().open(new Page.Server("lab", "shop")));
        console.shoot(
                "editor-" + suffix, window -> click(window.scene().getRoot(), "#configuration"));
        console.shoot(
                "editor-diff-" + suffix,
                window -> {
                    type(window.scene().getRoot(), "#spec.rules[0].action.forward[0].weight", "70");
                    type(window.scene().getRoot(), "#spec.rules[0].action.forward[1].weight", "30");
                    type(
                            window.scene().getRoot(),
                            "#spec.hostnames",
                            "shop.lab, *.shop.lab, m.shop.lab");
                    click(window.scene().getRoot(), "#review-changes");
                });
        console.shoot(
                "editor-applied-" + suffix,
                window -> click(window.scene().getRoot(), "#apply-changes"));
        console.shoot(
                "editor-problems-" + suffix,
                window -> type(window.scene().getRoot(), "#spec.port", "70000"));
        console.shoot("settings-" + suffix, window -> window.shell().open(new Page.Preferences()));
        SampleRuns.addTo(fixture.admin);
        console.shoot(
                "target-group-" + suffix,
                window -> window.shell().open(new Page.Group("lab", "catalog")));
        console.shoot(
                "target-group-editor-" + suffix,
                window -> window.shell().open(new Page.NewGroup("lab")));
        console.shoot(
                "certificate-" + suffix,
                window -> window.shell().open(new Page.ServerCertificate("lab", "lab-tls")));
        console.openAlone(new Page.NewCertificate("lab"));
        console.shoot(
                "certificate-new-" + suffix,
                window -> {
                    Parent root = window.scene().getRoot();
                    type(root, "#name", "pay-2027");
                    type(root, "#spec.chainPem", Samples.NEXT_CHAIN);
                });
        console.openAlone(new Page.ServerCertificate("lab", "lab-tls"));
        console.shoot(
                "certificate-replace-" + suffix,
                window -> {
                    Parent root = window.scene().getRoot();
                    click(root, "#replace");
                    type(root, "#spec.chainPem", Samples.NEXT_CHAIN);
                    type(root, "#spec.privateKey", Samples.KEY.replace("bm8", "bm9"));
                    click(root, "#review-changes");
                });
        console.openAlone(new Page.NewCluster());
        console.shoot(
                "cluster-new-" + suffix, window -> type(window.scene().getRoot(), "#name", "lab"));
        console.openAlone(new Page.Overview("lab"));
        console.shoot(
                "cluster-editor-" + suffix,
                window -> {
                    Parent root = window.scene().getRoot();
                    click(root, "#configuration");
                    type(root, "#labels", "site=home, team=shop");
                    click(root, "#review-changes");
                });
        console.openAlone(new Page.Machine("lab", "node-1"));
        console.shoot(
                "node-" + suffix,
                window -> type(window.scene().getRoot(), "#spec.snmp", "10.0.0.5"));
        console.shoot("nodes-" + suffix, window -> window.shell().open(new Page.Nodes("lab")));
        console.shoot("history-" + suffix, window -> window.shell().open(new Page.History("lab")));
        console.shoot(
                "history-rollback-" + suffix,
                window -> {
                    fixture.admin.declare(
                            List.of(
                                    new Change(
                                            Kind.NODE,
                                            "node-2",
                                            null,
                                            Samples.resource(
                                                    "node-2",
                                                    new dev.weir.model.Node(null, "10.0.0.6:1161"),
                                                    43))));
                    Parent root = window.scene().getRoot();
                    ((TableView<?>) found(root, "#revisions")).getSelectionModel().select(1);
                    click(root, "#review-rollback");
                });
        console.shoot("diagnoses-" + suffix, window -> window.shell().open(new Page.Diagnoses()));
        console.shoot(
                "diagnosis-run-" + suffix,
                window -> window.shell().open(new Page.Run(SampleRuns.RUNNING)));
        console.shoot(
                "flame-graph-" + suffix,
                window ->
                        window.shell().open(new Page.Profile(SampleRuns.RUNNING, SampleRuns.NOW)));
        console.shoot(
                "flame-graph-comparison-" + suffix,
                window ->
                        window.shell()
                                .open(
                                        new Page.Comparison(
                                                SampleRuns.RUNNING,
                                                SampleRuns.NOW,
                                                SampleRuns.BEFORE)));
        onUi(() -> {
            console.stage.close();
            return true;
        });
    }

    private void readyFile() throws Exception {
        Path token = settings.resolve("token");
        Files.writeString(token, "secret");
        new ReadyFile(
                        ProcessHandle.current().pid(),
                        URI.create("https://127.0.0.1:41873"),
                        "",
                        token.toString(),
                        "127.0.0.1:1",
                        new ReadyFile.Snmp("127.0.0.1:1161", "public"),
                        Map.of(),
                        List.of(),
                        URI.create("http://127.0.0.1:2"))
                .write(settings.resolve("ready.json"));
    }

    /// One window on its stage.
    private static final class Console {
        private final ConsoleWindow window;
        private final Stage stage = new Stage();

        private Console(
                ConsoleFixture fixture, Path settings, ThemeChoice theme, Language language) {
            window = new ConsoleWindow(fixture.context(settings));
            window.settings().change(it -> it.withTheme(theme).withLanguage(language));
            window.show(stage);
            stage.setWidth(1280);
            stage.setHeight(800);
        }

        /// Fields are found by their ids, which pages share; a page is there after a layout.
        private void openAlone(Page page) throws Exception {
            onUi(() -> {
                List.copyOf(window.shell().pages()).forEach(window.shell()::close);
                window.shell().open(page);
                return true;
            });
            onUi(() -> {
                window.scene().getRoot().applyCss();
                window.scene().getRoot().layout();
                return true;
            });
        }

        private void shoot(String name, Consumer<ConsoleWindow> prepare) throws Exception {
            onUi(() -> {
                prepare.accept(window);
                return true;
            });
            // what the page posts, and the layout that follows
            for (int turn = 0; turn < 3; turn++) {
                onUi(() -> true);
            }
            WritableImage image =
                    onUi(() -> {
                        window.scene().getRoot().applyCss();
                        window.scene().getRoot().layout();
                        return window.scene().snapshot(null);
                    });
            assertThat(image.getWidth()).isEqualTo(1280);
            PngWriter.write(image, DIRECTORY.resolve(name + ".png"));
        }
    }

    private static void click(Parent root, String selector) {
        ((ButtonBase) found(root, selector)).fire();
    }

    private static void type(Parent root, String selector, String text) {
        ((TextInputControl) found(root, selector)).setText(text);
    }

    /// By id, literally: field paths hold brackets, which a style selector would not take.
    static Node found(Parent root, String selector) {
        return all(root)
                .filter(node -> selector.equals("#" + node.getId()))
                .filter(node -> node.getScene() != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError(selector + ": is not on the page"));
    }

    private static Stream<Node> all(Parent root) {
        return root.getChildrenUnmodifiable().stream()
                .flatMap(node ->
                        node instanceof Parent parent
                                ? Stream.concat(Stream.of(node), all(parent))
                                : Stream.of(node));
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> T onUi(Work<T> work) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.run());
            } catch (Exception wrong) {
                result.completeExceptionally(wrong);
            }
        });
        return result.get(30, TimeUnit.SECONDS);
    }
}
