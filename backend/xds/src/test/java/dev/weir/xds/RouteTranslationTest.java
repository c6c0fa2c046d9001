package dev.weir.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Engine;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.VirtualServer;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class RouteTranslationTest {

    @Test
    void givesEveryDomainAllRulesThatCanMatchItInTheirOrder() {
        RouteConfiguration routes =
                translated(
                        List.of(),
                        "rest",
                        SampleSpecs.rule("first", List.of("*.example.com"), "/", "wild"),
                        SampleSpecs.rule("second", List.of("shop.example.com"), "/", "shop"),
                        SampleSpecs.rule("third", List.of(), "/any", "any"));

        assertThat(rulesByDomain(routes))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "*", List.of("third", ""),
                                "*.example.com", List.of("first", "third", ""),
                                "shop.example.com", List.of("first", "second", "third", "")));
    }

    @Test
    void keepsToTheVirtualServersOwnHostnames() {
        RouteConfiguration routes =
                translated(
                        List.of("*.example.com", "Example.com"),
                        null,
                        SampleSpecs.rule("a", List.of("a.example.com", "other.org"), "/", "a"),
                        SampleSpecs.rule("b", List.of("*"), "/b", "b"));

        assertThat(rulesByDomain(routes))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "*.example.com", List.of("b"),
                                "example.com", List.of("b"),
                                "a.example.com", List.of("a", "b")));
    }

    @Test
    void putsDomainsWithTheSameRulesIntoOneVirtualHost() {
        RouteConfiguration routes =
                translated(
                        List.of("a.org", "b.org"),
                        null,
                        SampleSpecs.rule("both", List.of(), "/", "x"));

        assertThat(routes.getVirtualHostsList()).hasSize(1);
        assertThat(routes.getVirtualHosts(0).getDomainsList()).containsExactly("a.org", "b.org");
    }

    @Test
    void aVirtualServerWithoutRulesHasAHostWithoutRoutes() {
        RouteConfiguration routes = translated(List.of(), null);
        assertThat(rulesByDomain(routes)).containsExactly(Map.entry("*", List.of()));
    }

    @Test
    void matchesWholeSegmentsExactPathsAndExpressions() {
        RouteConfiguration routes =
                translated(
                        List.of(),
                        null,
                        matching(RouteMatch.Path.Type.PREFIX, "/"),
                        matching(RouteMatch.Path.Type.PREFIX, "/a/b/"),
                        matching(RouteMatch.Path.Type.EXACT, "/c"),
                        matching(RouteMatch.Path.Type.REGEX, "/d/[0-9]+"));

        List<Route> list = routes.getVirtualHosts(0).getRoutesList();
        assertThat(list.get(0).getMatch().getPrefix()).isEqualTo("/");
        assertThat(list.get(1).getMatch().getPathSeparatedPrefix()).isEqualTo("/a/b");
        assertThat(list.get(2).getMatch().getPath()).isEqualTo("/c");
        assertThat(list.get(3).getMatch().getSafeRegex().getRegex()).isEqualTo("/d/[0-9]+");
    }

    @Test
    void splitsByWeightAndLeavesOutWeightZero() {
        RouteConfiguration routes =
                translated(
                        List.of(),
                        null,
                        forwarding(Map.of("a", 3, "b", 0, "c", 1)),
                        forwarding(Map.of("a", 5, "b", 0)));

        List<Route> list = routes.getVirtualHosts(0).getRoutesList();
        assertThat(list.get(0).getRoute().getWeightedClusters().getClustersList())
                .extracting(one -> one.getName() + "=" + one.getWeight().getValue())
                .containsExactlyInAnyOrder("tg-a=3", "tg-c=1");
        assertThat(list.get(1).getRoute().getCluster()).isEqualTo("tg-a");
        assertThat(list.get(1).getRoute().getTimeout().getSeconds()).isEqualTo(60);
    }

    @Test
    void answers503WhereTheTargetGroupIsMissing() {
        RouteConfiguration routes = translated(List.of(), "missing");
        assertThat(routes.getVirtualHosts(0).getRoutes(0).getDirectResponse().getStatus())
                .isEqualTo(503);
    }

    @Test
    void redirectsWithEveryReplacement() {
        RouteRule rule =
                new RouteRule(
                        "r",
                        RouteMatch.EVERYTHING,
                        new RouteAction.Redirect("https", "b.org", 8443, "/x", 308, true));
        RedirectAction redirect =
                translated(List.of(), null, rule).getVirtualHosts(0).getRoutes(0).getRedirect();

        assertThat(redirect.getSchemeRedirect()).isEqualTo("https");
        assertThat(redirect.getHostRedirect()).isEqualTo("b.org");
        assertThat(redirect.getPortRedirect()).isEqualTo(8443);
        assertThat(redirect.getPathRedirect()).isEqualTo("/x");
        assertThat(redirect.getStripQuery()).isTrue();
        assertThat(redirect.getResponseCode())
                .isEqualTo(RedirectAction.RedirectResponseCode.PERMANENT_REDIRECT);
    }

    private static RouteRule matching(RouteMatch.Path.Type type, String value) {
        return new RouteRule(
                "r" + value.hashCode(),
                new RouteMatch(List.of(), new RouteMatch.Path(type, value)),
                RouteAction.Forward.to("a"));
    }

    private static RouteRule forwarding(Map<String, Integer> weights) {
        return new RouteRule(
                "r" + weights.size(),
                RouteMatch.EVERYTHING,
                new RouteAction.Forward(
                        weights.entrySet().stream()
                                .map(e -> new RouteAction.Weighted(e.getKey(), e.getValue()))
                                .toList()));
    }

    private static RouteConfiguration translated(
            List<String> hostnames,
            @org.jspecify.annotations.Nullable String defaultGroup,
            RouteRule... rules) {
        InMemoryRevisions declared = new InMemoryRevisions("test", Engine.ENVOY);
        VirtualServer open = SampleSpecs.http(80, defaultGroup, rules);
        declared.put(
                "vs",
                new VirtualServer(
                        open.address(),
                        open.port(),
                        open.protocol(),
                        open.adminState(),
                        hostnames,
                        null,
                        open.rules(),
                        defaultGroup));
        return RouteTranslation.routes(
                declared.now().virtualServers().get("vs"),
                group -> group.equals("missing") ? Optional.empty() : Optional.of("tg-" + group));
    }

    private static Map<String, List<String>> rulesByDomain(RouteConfiguration routes) {
        Map<String, List<String>> byDomain = new TreeMap<>();
        for (VirtualHost host : routes.getVirtualHostsList()) {
            host.getDomainsList()
                    .forEach(domain ->
                            byDomain.put(
                                    domain,
                                    host.getRoutesList().stream().map(Route::getName).toList()));
        }
        return byDomain;
    }
}
