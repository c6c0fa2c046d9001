package dev.weir.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.fake.Samples;
import dev.weir.console.settings.ThemeChoice;
import dev.weir.console.shell.Page;
import dev.weir.console.text.Language;
import dev.weir.model.Change;
import dev.weir.model.Kind;
import dev.weir.model.Resource;

import javafx.scene.control.TableView;
import javafx.scene.control.TreeView;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Five thousand virtual servers cost the window no more cells than fit into it.
@ExtendWith(ApplicationExtension.class)
class ScaleFxTest {
    private static final int SERVERS = 5_000;
    private static final int CELLS_THAT_FIT = 80;

    @TempDir private static Path directory;
    private final ConsoleFixture fixture = new ConsoleFixture();

    @SuppressWarnings("NullAway.Init") // set before each test, by @Start
    private ConsoleWindow window;

    @Start
    void start(Stage stage) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            String name = "server-%04d".formatted(i);
            Resource<?> server = Samples.resource(name, Samples.shop(), 42);
            changes.add(new Change(Kind.VIRTUAL_SERVER, name, null, server));
        }
        fixture.admin.declare(changes);
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
        fixture.pass(3);
    }

    @Test
    void theTreeAndTheOverviewMakeOnlyTheCellsThatFit(FxRobot robot) {
        TableView<?> table = robot.lookup("#virtual-servers").queryTableView();
        assertThat(table.getItems()).hasSizeGreaterThan(SERVERS);
        TreeView<?> tree = robot.lookup("#cluster-tree").queryAs(TreeView.class);
        assertThat(tree.getExpandedItemCount()).isGreaterThan(SERVERS);
        assertThat(cells(robot, ".tree-cell")).isPositive().isLessThan(CELLS_THAT_FIT);
        assertThat(cells(robot, "#virtual-servers .table-row-cell"))
                .isPositive()
                .isLessThan(CELLS_THAT_FIT);

        robot.interact(() -> {
            table.scrollTo(SERVERS - 1);
            tree.scrollTo(SERVERS - 1);
        });
        robot.interact(() -> fixture.pass(2));
        assertThat(cells(robot, ".tree-cell")).isLessThan(CELLS_THAT_FIT);
        assertThat(cells(robot, "#virtual-servers .table-row-cell")).isLessThan(CELLS_THAT_FIT);
    }

    @Test
    void oneOfFiveThousandIsFoundByItsName(FxRobot robot) {
        robot.clickOn(".tree-head .text-field").write("4711");
        TreeView<?> tree = robot.lookup("#cluster-tree").queryAs(TreeView.class);
        assertThat(tree.getExpandedItemCount()).isLessThan(20);
        robot.clickOn("server-4711");
        assertThat(window.shell().frontProperty().get())
                .isEqualTo(new Page.Server("lab", "server-4711"));
    }

    private static int cells(FxRobot robot, String selector) {
        return robot.lookup(selector).queryAll().size();
    }
}
