package dev.weir.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.ConsoleFixture;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.fake.FakeAdmin;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.ProvisioningState;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewViewModelTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final LiveSession session =
            new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);
    private final TrafficMonitor monitor =
            new TrafficMonitor(
                    fixture.statistics,
                    ConsoleFixture.ENDPOINT.snmp(),
                    fixture.clock,
                    fixture.background);

    @BeforeEach
    void begin() {
        session.start();
    }

    @Test
    void showsEachServerWithItsStateAndItsNumbersWhileItIsVisible() {
        OverviewViewModel model = model();
        assertThat(model.rows())
                .extracting(OverviewViewModel.Row::name)
                .containsExactly("legacy", "pay", "shop");
        assertThat(row(model, "shop").sample()).isNull();

        model.shown();
        fixture.pass(2);
        var first = row(model, "shop").sample();
        assertThat(first).isNotNull();
        assertThat(row(model, "legacy").state()).isEqualTo(ProvisioningState.DISABLED);

        fixture.pass(1);
        assertThat(row(model, "shop").sample()).isNotEqualTo(first);
        model.close();
    }

    @Test
    void numbersThatAreTooOldAreNotShown() {
        OverviewViewModel model = model();
        model.shown();
        fixture.pass(2);
        fixture.statistics.silence(true);
        fixture.pass(10);

        assertThat(row(model, "shop").sample()).isNull();
        model.close();
    }

    @Test
    void followsWhatIsRefusedAndWhatIsDeleted() throws Exception {
        OverviewViewModel model = model();
        Reference shop = new Reference(Kind.VIRTUAL_SERVER, "shop");
        fixture.admin.roll(FakeAdmin.rejected(42, shop, "spec.port", "is in use"));
        assertThat(row(model, "shop").state()).isEqualTo(ProvisioningState.REJECTED);

        fixture.admin.delete("lab", shop, 41);
        assertThat(model.rows())
                .extracting(OverviewViewModel.Row::name)
                .containsExactly("legacy", "pay");
        model.close();
    }

    @Test
    void readsNothingOnceItIsHidden() {
        OverviewViewModel model = model();
        model.shown();
        fixture.pass(2);
        model.hidden();
        LiveCluster cluster = session.cluster("lab").orElseThrow();
        var measured = monitor.history(cluster, 1).measured();
        fixture.pass(5);

        assertThat(monitor.history(cluster, 1).measured()).isEqualTo(measured);
        model.close();
    }

    private static OverviewViewModel.Row row(OverviewViewModel model, String name) {
        return model.rows().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    private OverviewViewModel model() {
        return new OverviewViewModel(session.cluster("lab").orElseThrow(), monitor);
    }
}
