package dev.weir.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.session.SessionException;
import dev.weir.console.settings.SettingsStore;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ShellViewModelTest {
    @TempDir private Path directory;
    private final ConsoleFixture fixture = new ConsoleFixture();

    @Test
    void comesBackToThePagesOfTheLastTime() {
        ShellViewModel first = connected();
        assertThat(first.frontProperty().get()).isEqualTo(new Page.Overview("lab"));
        first.open(new Page.Server("lab", "shop"));
        first.open(new Page.Server("lab", "no-more"));
        first.open(new Page.Nodes("lab"));
        first.select(2);
        first.disconnect();

        ShellViewModel second = connected();
        assertThat(second.pages())
                .containsExactly(
                        new Page.Overview("lab"),
                        new Page.Server("lab", "shop"),
                        new Page.Nodes("lab"));
        assertThat(second.frontProperty().get()).isEqualTo(new Page.Server("lab", "shop"));
    }

    @Test
    void closingATabShowsItsNeighbour() {
        ShellViewModel shell = connected();
        shell.open(new Page.Nodes("lab"));
        shell.open(new Page.History("lab"));
        shell.select(2);
        shell.close(new Page.Nodes("lab"));

        assertThat(shell.frontProperty().get()).isEqualTo(new Page.History("lab"));
    }

    @Test
    void thePagesOfADeletedClusterGoWithIt() throws SessionException {
        ShellViewModel shell = connected();
        shell.open(new Page.Server("lab", "shop"));
        shell.open(new Page.Diagnoses());
        fixture.admin.delete("lab", new Reference(Kind.CLUSTER, "lab"), 37);

        assertThat(shell.pages()).containsExactly(new Page.Diagnoses());
    }

    @Test
    void everyPageIsFoundByItsAddress() {
        for (Page page :
                List.of(
                        new Page.Overview("a"),
                        new Page.Server("a", "b"),
                        new Page.NewServer("a"),
                        new Page.Group("a", "b"),
                        new Page.NewGroup("a"),
                        new Page.ServerCertificate("a", "b"),
                        new Page.NewCertificate("a"),
                        new Page.Nodes("a"),
                        new Page.Machine("a", "b"),
                        new Page.NewNode("a"),
                        new Page.NewCluster(),
                        new Page.History("a"),
                        new Page.Diagnoses(),
                        new Page.Run("a"),
                        new Page.Profile("a", "b"),
                        new Page.Comparison("a", "b", "c"),
                        new Page.Preferences())) {
            assertThat(Page.at(page.address())).contains(page);
        }
        assertThat(Page.at("cluster/a/unknown/b")).isEmpty();
    }

    @Test
    void aDamagedSettingsFileIsNoReasonNotToStart() throws Exception {
        Files.writeString(directory.resolve("console.json"), "{\"theme\": 7");

        assertThat(connected().pages()).containsExactly(new Page.Overview("lab"));
    }

    @Test
    void thePaletteFindsEveryWordInAnyOrder() {
        Action delete = new Action("a", "Delete virtual server", null, () -> {});
        Action open = new Action("b", "Go to server shop", null, () -> {});

        assertThat(PaletteSearch.find(List.of(delete, open), "server del")).containsExactly(delete);
        assertThat(PaletteSearch.find(List.of(delete, open), "server"))
                .containsExactly(open, delete);
        assertThat(PaletteSearch.find(List.of(delete, open), " ")).hasSize(2);
    }

    private ShellViewModel connected() {
        ShellViewModel shell = new ShellViewModel(new SettingsStore(directory), fixture.background);
        shell.opened(ConsoleFixture.ENDPOINT, fixture.admin);
        return shell;
    }
}
