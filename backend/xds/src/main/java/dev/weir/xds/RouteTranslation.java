package dev.weir.xds;

import com.google.protobuf.UInt32Value;

import dev.weir.model.Resource;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.VirtualServer;

import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A virtual server's rules as Envoy's `RouteConfiguration`.
///
/// Envoy first picks the one virtual host whose domain is most specific and then tries its routes
/// only; Weir's rules are tried in order whatever host they name. So there is a domain for each
/// pattern that any rule names, and it holds, in order, every rule whose hosts cover it.
final class RouteTranslation {
    /// Envoy's 15 s cut many a report short, no limit lets a hung target hold requests for ever.
    private static final Duration FORWARD_TIMEOUT = Duration.ofSeconds(60);

    private static final int UNAVAILABLE = 503;

    private RouteTranslation() {}

    /// @param clusters from a target group's name to its cluster's, empty where there is none
    static RouteConfiguration routes(
            Resource<VirtualServer> resource, Function<String, Optional<String>> clusters) {
        VirtualServer spec = resource.spec();
        List<Ordered> rules = ordered(spec, clusters);
        List<String> served = HostPatterns.normalized(spec.hostnames());
        Set<String> domains = new LinkedHashSet<>(served);
        rules.forEach(rule -> domains.addAll(HostPatterns.intersection(rule.hosts, served)));

        Map<List<Route>, List<String>> domainsByRoutes = new LinkedHashMap<>();
        for (String domain : domains) {
            List<Route> routes =
                    rules.stream()
                            .filter(rule -> HostPatterns.anyCovers(rule.hosts, domain))
                            .map(Ordered::route)
                            .toList();
            domainsByRoutes.computeIfAbsent(routes, any -> new ArrayList<>()).add(domain);
        }
        RouteConfiguration.Builder configuration =
                RouteConfiguration.newBuilder()
                        .setName(XdsName.virtualServer(resource.metadata().id()).toString())
                        // the port stays in the Host that targets and redirects see
                        .setIgnorePortInHostMatching(true);
        domainsByRoutes.forEach((routes, sharing) ->
                configuration.addVirtualHosts(
                        VirtualHost.newBuilder()
                                .setName(sharing.getFirst())
                                .addAllDomains(sharing)
                                .addAllRoutes(routes)));
        return configuration.build();
    }

    private static List<Ordered> ordered(
            VirtualServer spec, Function<String, Optional<String>> clusters) {
        List<Ordered> rules = new ArrayList<>();
        for (RouteRule rule : spec.rules()) {
            Route.Builder route =
                    Route.newBuilder().setName(rule.name()).setMatch(match(rule.match().path()));
            switch (rule.action()) {
                case RouteAction.Forward forward -> forward(route, forward, clusters);
                case RouteAction.Redirect redirect -> route.setRedirect(redirect(redirect));
            }
            rules.add(new Ordered(HostPatterns.normalized(rule.match().hosts()), route.build()));
        }
        if (spec.defaultTargetGroup() != null) {
            Route.Builder route = Route.newBuilder().setMatch(match(RouteMatch.EVERYTHING.path()));
            forward(route, RouteAction.Forward.to(spec.defaultTargetGroup()), clusters);
            rules.add(new Ordered(List.of(HostPatterns.ANY), route.build()));
        }
        return rules;
    }

    private static io.envoyproxy.envoy.config.route.v3.RouteMatch match(RouteMatch.Path path) {
        var match = io.envoyproxy.envoy.config.route.v3.RouteMatch.newBuilder();
        switch (path.type()) {
            case EXACT -> match.setPath(path.value());
            case REGEX -> match.setSafeRegex(RegexMatcher.newBuilder().setRegex(path.value()));
            case PREFIX -> {
                String segments = withoutTrailingSlashes(path.value());
                if (segments.isEmpty()) {
                    match.setPrefix("/");
                } else {
                    match.setPathSeparatedPrefix(segments);
                }
            }
        }
        return match.build();
    }

    /// `/a/` holds the same segments as `/a`, and Envoy refuses it.
    private static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static void forward(
            Route.Builder route,
            RouteAction.Forward forward,
            Function<String, Optional<String>> clusters) {
        WeightedCluster.Builder weighted = WeightedCluster.newBuilder();
        for (RouteAction.Weighted group : forward.targetGroups()) {
            Optional<String> cluster = clusters.apply(group.targetGroup());
            if (group.weight() > 0 && cluster.isPresent()) {
                weighted.addClusters(
                        WeightedCluster.ClusterWeight.newBuilder()
                                .setName(cluster.get())
                                .setWeight(UInt32Value.of(group.weight())));
            }
        }
        var action =
                io.envoyproxy.envoy.config.route.v3.RouteAction.newBuilder()
                        .setTimeout(CommonMessages.duration(FORWARD_TIMEOUT));
        switch (weighted.getClustersCount()) {
            // admin refuses such a reference; a node must not refuse all the other rules for it
            case 0 ->
                    route.setDirectResponse(
                            DirectResponseAction.newBuilder().setStatus(UNAVAILABLE));
            case 1 -> route.setRoute(action.setCluster(weighted.getClusters(0).getName()));
            default -> route.setRoute(action.setWeightedClusters(weighted));
        }
    }

    private static RedirectAction redirect(RouteAction.Redirect redirect) {
        RedirectAction.Builder action =
                RedirectAction.newBuilder()
                        .setStripQuery(redirect.stripQuery())
                        .setResponseCode(
                                switch (redirect.code()) {
                                    case 301 ->
                                            RedirectAction.RedirectResponseCode.MOVED_PERMANENTLY;
                                    case 303 -> RedirectAction.RedirectResponseCode.SEE_OTHER;
                                    case 307 ->
                                            RedirectAction.RedirectResponseCode.TEMPORARY_REDIRECT;
                                    case 308 ->
                                            RedirectAction.RedirectResponseCode.PERMANENT_REDIRECT;
                                    default -> RedirectAction.RedirectResponseCode.FOUND;
                                });
        if (redirect.scheme() != null) {
            action.setSchemeRedirect(redirect.scheme());
        }
        if (redirect.host() != null) {
            action.setHostRedirect(redirect.host());
        }
        if (redirect.port() != null) {
            action.setPortRedirect(redirect.port());
        }
        if (redirect.path() != null) {
            action.setPathRedirect(redirect.path());
        }
        return action.build();
    }

    /// A route with the hosts it is for.
    private record Ordered(List<String> hosts, Route route) {}
}
