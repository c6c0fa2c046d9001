package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ResourceValidationTest {

    @Test
    void reportsEveryProblemOfADocumentAtOnceWithItsPath() {
        VirtualServer spec =
                new VirtualServer(
                        "localhost",
                        70000,
                        VirtualServer.Protocol.HTTPS,
                        null,
                        List.of("a b"),
                        null,
                        List.of(
                                new RouteRule(
                                        "One",
                                        new RouteMatch(
                                                List.of("*"),
                                                new RouteMatch.Path(
                                                        RouteMatch.Path.Type.REGEX, "(")),
                                        new RouteAction.Forward(List.of()))),
                        null);

        assertThat(Draft.of("Shop", spec).problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "name",
                        "spec.address",
                        "spec.port",
                        "spec.tls.certificates",
                        "spec.hostnames[0]",
                        "spec.rules[0].name",
                        "spec.rules[0].match.path.value",
                        "spec.rules[0].action.forward");
    }

    @Test
    void acceptsAWholeVirtualServer() {
        VirtualServer spec =
                Samples.virtualServer(
                        8443,
                        "web",
                        new RouteRule(
                                "old",
                                new RouteMatch(
                                        List.of("*.example.org"),
                                        new RouteMatch.Path(RouteMatch.Path.Type.EXACT, "/old")),
                                new RouteAction.Redirect("https", null, null, "/new", 308, true)));

        assertThat(Draft.of("shop", spec).problems()).isEmpty();
    }

    @Test
    void refusesARedirectThatChangesNothing() {
        assertThat(new RouteAction.Redirect(null, null, null, null, 302, false).problems())
                .extracting(Problem::path)
                .containsExactly("redirect");
    }

    @Test
    void refusesTwoTargetsOnOneAddress() {
        TargetGroup group =
                new TargetGroup(
                        null,
                        new HealthMonitor(
                                "health",
                                null,
                                Duration.ofMillis(10),
                                Duration.ofSeconds(1),
                                0,
                                21,
                                List.of(new HealthMonitor.StatusRange(300, 200))),
                        Duration.ZERO,
                        List.of(
                                new Target("a", "10.0.0.1", 80, 300, null),
                                new Target("a", "10.0.0.1", 80, null, null)));

        assertThat(group.problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "connectTimeout",
                        "healthMonitor.path",
                        "healthMonitor.interval",
                        "healthMonitor.timeout",
                        "healthMonitor.healthyThreshold",
                        "healthMonitor.unhealthyThreshold",
                        "healthMonitor.expectedStatuses[0]",
                        "targets[0].weight",
                        "targets[1].name",
                        "targets[1].address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b", "a b", "é"})
    void refusesNamesThatAreNoDnsLabel(String name) {
        assertThat(Names.problems("name", name)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"prot,port", "targetgroup,targetGroup", "wieght,weight"})
    void suggestsTheNearestKnownName(String typed, String meant) {
        assertThat(Names.nearest(typed, List.of("port", "targetGroup", "weight"))).contains(meant);
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertThat(Names.nearest("colour", List.of("port", "weight"))).isEmpty();
    }

    @Test
    void aSecretNeverShows() {
        Certificate certificate =
                new Certificate("-----BEGIN CERTIFICATE-----", new Secret("hunter2"));

        assertThat(certificate.toString()).doesNotContain("hunter2");
        assertThat(certificate.problems().toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesAnAgentWithoutAHost() {
        assertThat(new Node(URI.create("agent"), "somewhere").problems())
                .extracting(Problem::path)
                .containsExactly("agent", "snmp");
    }

    @Test
    void refusesPipelinesWithUnknownStepsAndCircles() {
        Operation cpu =
                new Operation(
                        "go-cpu", "", Operation.Type.GO_PROFILE, Map.of("profile", "cpu"), null);
        OperationSet set =
                new OperationSet(
                        "slow",
                        "",
                        List.of(
                                new OperationSet.Step("a", "go-cpu", List.of("b"), Map.of()),
                                new OperationSet.Step("b", "go-cpu", List.of("a"), Map.of()),
                                new OperationSet.Step(
                                        "c", "go-cup", List.of("x"), Map.of("second", "1"))));

        assertThat(set.problems(Map.of("go-cpu", cpu)))
                .extracting(Problem::toString)
                .anyMatch(text -> text.contains("did you mean 'go-cpu'"))
                .anyMatch(text -> text.contains("step 'x' does not exist"))
                .anyMatch(text -> text.contains("circle"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "url,ftp://10.0.0.1",
        "url,https://user@10.0.0.1",
        "url,http://10.0.0.1/?x=",
        "seconds,0",
        "seconds,301",
        "profile,mutex",
        "pid,1"
    })
    void refusesBadParametersOfAGoProfile(String key, String value) {
        assertThat(Parameters.problems(Operation.Type.GO_PROFILE, Map.of(key, value)))
                .extracting(Problem::path)
                .containsExactly(key);
    }

    @Test
    void refusesATokenWithoutTheOriginsItMaySee() {
        assertThat(new Credential("api", null, new Secret("t"), List.of()).problems())
                .extracting(Problem::path)
                .containsExactly("origins");
        assertThat(
                        new Credential(
                                        "api",
                                        null,
                                        new Secret("t"),
                                        List.of("http://10.0.0.1:1", "https://10.0.0.1:6443"))
                                .problems())
                .extracting(Problem::path)
                .containsExactly("origins[0]");
    }
}
