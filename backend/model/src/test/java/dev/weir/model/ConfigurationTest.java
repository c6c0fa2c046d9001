package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class ConfigurationTest {
    private final Resource<TargetGroup> web =
            Samples.stored(
                    "web",
                    new TargetGroup(
                            TargetGroup.Algorithm.ROUND_ROBIN,
                            null,
                            Duration.ofSeconds(1),
                            List.of()));

    @Test
    void namesTheFieldOfEveryReferenceToNothingAndTheNearestName() {
        Configuration configuration =
                Samples.configuration(
                        web,
                        Samples.stored(
                                "shop",
                                Samples.virtualServer(
                                        8080,
                                        "wbe",
                                        new RouteRule(
                                                "api", null, RouteAction.Forward.to("api")))));

        assertThat(configuration.problems().get(new Reference(Kind.VIRTUAL_SERVER, "shop")))
                .containsExactly(
                        new Problem(
                                "spec.defaultTargetGroup",
                                "target group 'wbe' does not exist; did you mean 'web'?"),
                        new Problem(
                                "spec.rules[0].action.forward[0].targetGroup",
                                "target group 'api' does not exist"));
    }

    @Test
    void refusesTwoEnabledVirtualServersOnOnePort() {
        Configuration configuration =
                Samples.configuration(
                        web,
                        Samples.stored("a", Samples.virtualServer(8080, "web")),
                        Samples.stored("b", Samples.virtualServer(8080, "web")));

        assertThat(configuration.problems())
                .containsOnlyKeys(new Reference(Kind.VIRTUAL_SERVER, "b"));
        assertThat(configuration.problems().get(new Reference(Kind.VIRTUAL_SERVER, "b")))
                .extracting(Problem::path)
                .containsExactly("spec.port");
    }

    @Test
    void sharesWhatAnEditDoesNotTouch() {
        Configuration before =
                Samples.configuration(web, Samples.stored("a", Samples.virtualServer(8080, "web")));
        Resource<VirtualServer> created = Samples.stored("b", Samples.virtualServer(8081, "web"));

        Configuration after =
                before.with(List.of(new Change(Kind.VIRTUAL_SERVER, "b", null, created)), 3);

        assertThat(after.revision()).isEqualTo(3);
        assertThat(after.virtualServers()).containsOnlyKeys("a", "b");
        assertThat(before.virtualServers()).containsOnlyKeys("a");
        assertThat(after.find(Kind.TARGET_GROUP, "web")).containsSame(web);
    }

    @Test
    void refusesAnEditOfItsMaps() {
        assertThatThrownBy(() -> Samples.configuration(web).targetGroups().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
