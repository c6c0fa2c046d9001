package dev.weir.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.fake.SampleRuns;
import dev.weir.console.fake.Samples;
import dev.weir.console.settings.ThemeChoice;
import dev.weir.console.shell.Page;
import dev.weir.console.text.Language;
import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Kind;
import dev.weir.model.Secret;
import dev.weir.model.Target;
import dev.weir.model.VirtualServer;

import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The loop by mouse and keyboard, on fakes of the server and the node.
@ExtendWith(ApplicationExtension.class)
class ConsoleLoopFxTest {
    @TempDir private static Path directory;
    private final ConsoleFixture fixture = new ConsoleFixture();

    @SuppressWarnings("NullAway.Init") // set before each test, by @Start
    private ConsoleWindow window;

    @Start
    void start(Stage stage) {
        window = new ConsoleWindow(fixture.context(directory));
        window.settings()
                .change(it ->
                        it.withTheme(ThemeChoice.LIGHT)
                                .withLanguage(Language.ENGLISH)
                                .withPages(List.of(), null));
        window.show(stage);
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(1000);
        stage.setHeight(900);
        window.connecting().connect(ConsoleFixture.ENDPOINT);
        fixture.pass(5);
    }

    @Test
    void findsAServerByThePaletteEditsItReviewsAppliesAndUndoes(FxRobot robot) {
        open(robot, "shop");
        assertThat(window.shell().frontProperty().get()).isEqualTo(new Page.Server("lab", "shop"));
        robot.push(KeyCode.CONTROL, KeyCode.E);
        TextField port = field("spec.port");
        robot.clickOn(port).push(KeyCode.CONTROL, KeyCode.A).write("99999");
        assertThat(found("review-changes").isDisabled()).isTrue();

        robot.push(KeyCode.CONTROL, KeyCode.A).write("8099");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(shop().port()).isEqualTo(8099);
        assertThat(found("rollout-progress")).isNotNull();

        robot.push(KeyCode.CONTROL, KeyCode.Z);
        robot.clickOn(found("dialog-yes"));
        assertThat(shop().port()).isEqualTo(8080);
        assertThat(field("spec.port").getText()).isEqualTo("8080");
    }

    @Test
    void typesIntoARuleWithoutLosingTheKeyboard(FxRobot robot) {
        open(robot, "shop");
        robot.push(KeyCode.CONTROL, KeyCode.E);
        TextField path = field("spec.rules[0].match.path.value");
        robot.clickOn(path).push(KeyCode.CONTROL, KeyCode.A).write("/api/v2");

        assertThat(path.isFocused()).isTrue();
        assertThat(field("spec.rules[0].match.path.value").getText()).isEqualTo("/api/v2");
    }

    @Test
    void aDestructiveActWantsTheTypedName(FxRobot robot) {
        open(robot, "pay");
        open(robot, "Delete");
        assertThat(found("dialog-yes").isDisabled()).isTrue();
        robot.clickOn(found("dialog-typed")).write("pay");
        robot.clickOn(found("dialog-yes"));

        assertThat(fixture.admin.now().virtualServers()).doesNotContainKey("pay");
        assertThat(window.shell().pages()).doesNotContain(new Page.Server("lab", "pay"));
    }

    @Test
    void switchesLanguageAndThemeWithThePagesOpen(FxRobot robot) {
        open(robot, "shop");
        robot.interact(() -> window.nextLanguage());
        assertThat(robot.lookup("流量").queryLabeled().getText()).isEqualTo("流量");
        robot.interact(() -> window.nextTheme());
        robot.interact(() -> window.nextLanguage());
        assertThat(robot.lookup("Traffic").queryLabeled().isVisible()).isTrue();
        assertThat(window.shell().frontProperty().get()).isEqualTo(new Page.Server("lab", "shop"));
    }

    @Test
    void anUnsavedEditSurvivesAnotherLanguageAndTheme(FxRobot robot) {
        open(robot, "shop");
        robot.push(KeyCode.CONTROL, KeyCode.E);
        robot.clickOn(field("spec.port")).push(KeyCode.CONTROL, KeyCode.A).write("8099");
        robot.interact(() -> window.nextLanguage());
        robot.interact(() -> window.nextTheme());

        assertThat(field("spec.port").getText()).isEqualTo("8099");
        assertThat(field("spec.port").isVisible()).isTrue();
        assertThat(robot.lookup("未保存的更改").tryQuery()).isPresent();
        robot.push(KeyCode.CONTROL, KeyCode.S);
        robot.interact(() -> window.nextLanguage());
        assertThat(found("apply-changes")).as("the review survives too").isNotNull();
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(shop().port()).isEqualTo(8099);

        robot.push(KeyCode.CONTROL, KeyCode.W);
        open(robot, "shop");
        assertThat(robot.lookup("#rollout-progress").tryQuery())
                .as("a closed page forgets")
                .isEmpty();
    }

    @Test
    void makesACertificateAndReplacesItWithoutShowingItsKey(FxRobot robot) {
        open(robot, "New certificate");
        robot.clickOn(found("name")).write("pay-2027");
        robot.interact(() -> area("spec.chainPem").setText(Samples.CHAIN));
        assertThat(found("review-changes").isDisabled()).as("no key yet").isTrue();
        robot.interact(() -> area("spec.privateKey").setText(Samples.KEY));
        assertThat(area("spec.privateKey").isVisible()).isFalse();
        assertThat(area("spec.privateKey").getText()).isEmpty();
        robot.push(KeyCode.CONTROL, KeyCode.S);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(window.shell().frontProperty().get())
                .isEqualTo(new Page.ServerCertificate("lab", "pay-2027"));

        robot.push(KeyCode.CONTROL, KeyCode.E);
        robot.interact(() -> area("spec.chainPem").setText(Samples.NEXT_CHAIN));
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(robot.lookup(".change-line").queryAll()).hasSize(2);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        Certificate stored = certificate("pay-2027");
        assertThat(stored.chainPem()).isEqualTo(Samples.NEXT_CHAIN);
        assertThat(stored.privateKey()).isEqualTo(new Secret(Samples.KEY));
    }

    @Test
    void makesAClusterAndOpensIt(FxRobot robot) {
        open(robot, "New cluster");
        robot.clickOn(found("name")).write("edge");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        robot.push(KeyCode.CONTROL, KeyCode.S);

        assertThat(window.shell().frontProperty().get()).isEqualTo(new Page.Overview("edge"));
        assertThat(window.shell().pages()).doesNotContain(new Page.NewCluster());
    }

    @Test
    void makesANodeFromTheKeyboardAndDeletesIt(FxRobot robot) {
        robot.interact(() -> window.shell().open(new Page.Nodes("lab")));
        robot.push(KeyCode.CONTROL, KeyCode.N);
        robot.clickOn(found("name")).write("node-2");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(window.shell().frontProperty().get())
                .isEqualTo(new Page.Machine("lab", "node-2"));

        robot.clickOn(found("delete"));
        robot.clickOn(found("dialog-typed")).write("node-2");
        robot.clickOn(found("dialog-yes"));
        assertThat(fixture.admin.now().nodes()).containsOnlyKeys("node-1");
    }

    @Test
    void aPageThatIsOpenedBeforeItsNewsWaitsForIt(FxRobot robot) {
        robot.interact(() -> window.shell().open(new Page.Group("lab", "later")));
        assertThat(robot.lookup("This is not there any more").tryQuery()).isPresent();
        robot.interact(() ->
                fixture.admin.declare(
                        List.of(
                                new Change(
                                        Kind.TARGET_GROUP,
                                        "later",
                                        null,
                                        Samples.resource(
                                                "later",
                                                Objects.requireNonNull(
                                                                fixture.admin
                                                                        .now()
                                                                        .targetGroups()
                                                                        .get("catalog"))
                                                        .spec(),
                                                42)))));

        assertThat(found("delete").isVisible()).isTrue();
        TreeView<?> tree = (TreeView<?>) found("cluster-tree");
        robot.interact(() -> window.shell().open(new Page.History("lab")));
        robot.interact(() -> fixture.admin.declare(List.of(node("node-0"), node("node-2"))));
        assertThat(tree.getSelectionModel().getSelectedItem().getValue())
                .as("lines that come above leave the selection where it is")
                .extracting("page")
                .isEqualTo(new Page.History("lab"));
    }

    private static Change node(String name) {
        return new Change(
                Kind.NODE,
                name,
                null,
                Samples.resource(name, new dev.weir.model.Node(null, null), 43));
    }

    @Test
    void opensARunAndItsFlameGraph(FxRobot robot) {
        robot.interact(() -> SampleRuns.addTo(fixture.admin));
        robot.interact(() -> window.shell().open(new Page.Run(SampleRuns.RUNNING)));
        robot.clickOn("Open flame graph");

        assertThat(window.shell().frontProperty().get())
                .isEqualTo(new Page.Profile(SampleRuns.RUNNING, SampleRuns.NOW));
    }

    @Test
    void drainsATargetFromThePageOfItsServer(FxRobot robot) {
        open(robot, "shop");
        Node drain =
                robot.lookup(".row-button").queryAll().stream()
                        .filter(it -> "Drain t1".equals(it.getAccessibleText()))
                        .findFirst()
                        .orElseThrow();
        robot.clickOn(drain);
        robot.clickOn(found("dialog-yes"));

        assertThat(
                        Objects.requireNonNull(fixture.admin.now().targetGroups().get("catalog"))
                                .spec()
                                .targets()
                                .getFirst()
                                .adminState())
                .isEqualTo(Target.AdminState.DRAIN);
    }

    @Test
    void choosesWhatToDiagnoseInADialogAndStartsItByEnter(FxRobot robot) {
        open(robot, "shop");
        robot.push(KeyCode.CONTROL, KeyCode.D);
        TextField seconds = field("parameter-seconds");
        robot.clickOn(seconds).write("301");
        assertThat(found("diagnose-start").isDisabled()).isTrue();
        robot.push(KeyCode.CONTROL, KeyCode.A).write("30").push(KeyCode.ENTER);

        assertThat(window.shell().frontProperty().get()).isInstanceOf(Page.Run.class);
    }

    @Test
    void theCheatSheetOpensByQuestionMarkAndClosesByEscape(FxRobot robot) {
        robot.clickOn("#cluster-tree");
        robot.write("?");
        assertThat(robot.lookup(".cheat-sheet").tryQuery()).isPresent();
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup(".cheat-sheet").tryQuery()).isEmpty();
    }

    /// Opens what the palette finds first.
    private void open(FxRobot robot, String words) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.clickOn(found("palette-search")).write(words).push(KeyCode.ENTER);
    }

    private TextField field(String path) {
        return (TextField) found(path);
    }

    /// By id, literally: field paths hold characters that a style selector would not take.
    private Node found(String id) {
        return ScreenshotsTest.found(window.scene().getRoot(), "#" + id);
    }

    private TextArea area(String path) {
        return (TextArea) found(path);
    }

    private Certificate certificate(String name) {
        return Objects.requireNonNull(fixture.admin.now().certificates().get(name)).spec();
    }

    private VirtualServer shop() {
        return Objects.requireNonNull(fixture.admin.now().virtualServers().get("shop")).spec();
    }
}
