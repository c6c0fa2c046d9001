package dev.weir.proxy.discovery;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import dev.weir.proxy.routing.PathMatch;
import dev.weir.proxy.routing.RouteAction;
import dev.weir.proxy.routing.RouteTable;
import dev.weir.proxy.upstream.ClusterSlot;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.netty.util.AsciiString;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads a RouteConfiguration (envoy.config.route.v3).
final class RouteReader {
    private static final long DEFAULT_TIMEOUT = TimeUnit.SECONDS.toNanos(15);
    private static final int MAX_REWRITE = 2048;

    private final FieldCheck check;
    private final Function<String, ClusterSlot> clusters;

    private RouteReader(FieldCheck check, Function<String, ClusterSlot> clusters) {
        this.check = check;
        this.clusters = clusters;
    }

    static RouteTable read(
            RouteConfiguration routes, Function<String, ClusterSlot> clusters, FieldCheck check) {
        return new RouteReader(check, clusters).read(routes);
    }

    /// The names of the clusters that the routes lead to.
    static Stream<String> clusterNames(RouteConfiguration routes) {
        return routes.getVirtualHostsList().stream()
                .flatMap(host -> host.getRoutesList().stream())
                .filter(Route::hasRoute)
                .flatMap(route ->
                        route.getRoute().hasWeightedClusters()
                                ? route.getRoute().getWeightedClusters().getClustersList().stream()
                                        .map(WeightedCluster.ClusterWeight::getName)
                                : Stream.of(route.getRoute().getCluster()));
    }

    private RouteTable read(RouteConfiguration routes) {
        check.only(
                routes,
                "",
                Set.of(
                        "name",
                        "virtual_hosts",
                        "ignore_port_in_host_matching",
                        "validate_clusters"));
        List<RouteTable.VirtualHost> hosts = new ArrayList<>();
        Set<String> domains = new HashSet<>();
        for (int i = 0; i < routes.getVirtualHostsCount(); i++) {
            hosts.add(virtualHost(routes.getVirtualHosts(i), "virtual_hosts[" + i + "]", domains));
        }
        return new RouteTable(hosts, routes.getIgnorePortInHostMatching());
    }

    private RouteTable.VirtualHost virtualHost(VirtualHost host, String path, Set<String> seen) {
        check.only(host, path, Set.of("name", "domains", "routes"));
        for (int i = 0; i < host.getDomainsCount(); i++) {
            String domain = host.getDomains(i).toLowerCase(Locale.ROOT);
            String at = path + ".domains[" + i + "]";
            int star = domain.lastIndexOf('*');
            check.require(
                    !domain.isEmpty() && star <= 0,
                    at,
                    "must be a host, *suffix or *, is '" + domain + "'");
            check.require(seen.add(domain), at, "is there twice: " + domain);
        }
        check.require(host.getDomainsCount() > 0, path + ".domains", "must not be empty");
        List<dev.weir.proxy.routing.Route> routes = new ArrayList<>();
        for (int i = 0; i < host.getRoutesCount(); i++) {
            routes.add(route(host.getRoutes(i), path + ".routes[" + i + "]"));
        }
        return new RouteTable.VirtualHost(List.copyOf(host.getDomainsList()), routes);
    }

    private dev.weir.proxy.routing.Route route(Route route, String path) {
        check.only(
                route,
                path,
                Set.of("name", "match", "route", "redirect", "direct_response", "stat_prefix"));
        PathMatch match = match(route.getMatch(), path + ".match");
        RouteAction action =
                switch (route.getActionCase()) {
                    case ROUTE -> forward(route.getRoute(), match, path + ".route");
                    case REDIRECT -> redirect(route.getRedirect(), match, path + ".redirect");
                    case DIRECT_RESPONSE -> direct(route, path + ".direct_response");
                    case FILTER_ACTION, NON_FORWARDING_ACTION, ACTION_NOT_SET -> {
                        check.refuse(path, "must have route, redirect or direct_response");
                        yield unavailable();
                    }
                };
        return new dev.weir.proxy.routing.Route(match, action);
    }

    private static RouteAction unavailable() {
        return new RouteAction.DirectResponse(503, AsciiString.EMPTY_STRING);
    }

    private PathMatch match(RouteMatch match, String path) {
        check.only(
                match,
                path,
                Set.of("prefix", "path_separated_prefix", "path", "safe_regex", "case_sensitive"));
        check.require(
                !match.hasCaseSensitive() || match.getCaseSensitive().getValue(),
                path + ".case_sensitive",
                "must be true");
        return switch (match.getPathSpecifierCase()) {
            case PREFIX -> new PathMatch.Prefix(match.getPrefix());
            case PATH_SEPARATED_PREFIX -> {
                String prefix = match.getPathSeparatedPrefix();
                check.require(
                        prefix.startsWith("/") && prefix.length() > 1 && !prefix.endsWith("/"),
                        path + ".path_separated_prefix",
                        "must begin and not end with '/', is '" + prefix + "'");
                yield new PathMatch.Segments(prefix);
            }
            case PATH -> new PathMatch.Exact(match.getPath());
            case SAFE_REGEX -> {
                check.only(
                        match.getSafeRegex(), path + ".safe_regex", Set.of("regex", "google_re2"));
                yield regex(match.getSafeRegex().getRegex(), path + ".safe_regex.regex");
            }
            case CONNECT_MATCHER, PATH_MATCH_POLICY, PATHSPECIFIER_NOT_SET -> {
                check.refuse(path, "must have prefix, path_separated_prefix, path or safe_regex");
                yield new PathMatch.Exact("");
            }
        };
    }

    private PathMatch regex(String expression, String path) {
        try {
            return new PathMatch.Regex(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            check.refuse(path, "is no RE2 expression: " + e.getMessage());
            return new PathMatch.Exact("");
        }
    }

    private RouteAction forward(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, PathMatch match, String path) {
        check.only(
                action, path, Set.of("cluster", "weighted_clusters", "timeout", "prefix_rewrite"));
        RouteAction.Split split =
                switch (action.getClusterSpecifierCase()) {
                    case CLUSTER -> new RouteAction.Split(clusters.apply(action.getCluster()));
                    case WEIGHTED_CLUSTERS ->
                            weighted(action.getWeightedClusters(), path + ".weighted_clusters");
                    case CLUSTER_HEADER,
                            CLUSTER_SPECIFIER_PLUGIN,
                            INLINE_CLUSTER_SPECIFIER_PLUGIN,
                            CLUSTERSPECIFIER_NOT_SET -> {
                        check.refuse(path, "must have cluster or weighted_clusters");
                        yield null;
                    }
                };
        if (split == null) {
            return unavailable();
        }
        long timeout =
                action.hasTimeout()
                        ? Reading.nanos(action.getTimeout(), path + ".timeout", check)
                        : DEFAULT_TIMEOUT;
        String rewrite = action.getPrefixRewrite();
        check.require(
                rewrite.length() <= MAX_REWRITE && rewrite.chars().allMatch(c -> c > 32 && c < 127),
                path + ".prefix_rewrite",
                "must be at most " + MAX_REWRITE + " visible ASCII characters");
        check.require(
                rewrite.isEmpty() || !(match instanceof PathMatch.Regex),
                path + ".prefix_rewrite",
                "does not go with safe_regex");
        return new RouteAction.Forward(
                split, timeout, rewrite.isEmpty() ? null : new AsciiString(rewrite));
    }

    private RouteAction.@Nullable Split weighted(WeightedCluster weighted, String path) {
        check.only(weighted, path, Set.of("clusters", "total_weight"));
        List<ClusterSlot> slots = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        for (int i = 0; i < weighted.getClustersCount(); i++) {
            WeightedCluster.ClusterWeight cluster = weighted.getClusters(i);
            check.only(cluster, path + ".clusters[" + i + "]", Set.of("name", "weight"));
            long weight = Integer.toUnsignedLong(cluster.getWeight().getValue());
            if (weight > 0) {
                slots.add(clusters.apply(cluster.getName()));
                weights.add(weight);
            }
        }
        if (slots.isEmpty()) {
            check.refuse(path + ".clusters", "must have a weight above 0");
            return null;
        }
        return new RouteAction.Split(slots, weights);
    }

    private RouteAction redirect(RedirectAction action, PathMatch match, String path) {
        check.only(
                action,
                path,
                Set.of(
                        "https_redirect",
                        "scheme_redirect",
                        "host_redirect",
                        "port_redirect",
                        "path_redirect",
                        "prefix_rewrite",
                        "response_code",
                        "strip_query"));
        int status =
                switch (action.getResponseCode()) {
                    case MOVED_PERMANENTLY, UNRECOGNIZED -> 301;
                    case FOUND -> 302;
                    case SEE_OTHER -> 303;
                    case TEMPORARY_REDIRECT -> 307;
                    case PERMANENT_REDIRECT -> 308;
                };
        String scheme =
                action.getHttpsRedirect()
                        ? "https"
                        : action.getSchemeRedirect().isEmpty()
                                ? null
                                : action.getSchemeRedirect().toLowerCase(Locale.ROOT);
        check.require(
                action.getPrefixRewrite().isEmpty() || !(match instanceof PathMatch.Regex),
                path + ".prefix_rewrite",
                "does not go with safe_regex");
        for (String text :
                List.of(
                        action.getHostRedirect(),
                        action.getPathRedirect(),
                        action.getPrefixRewrite(),
                        action.getSchemeRedirect())) {
            check.require(
                    text.chars().allMatch(c -> c > 32 && c < 127),
                    path,
                    "must be visible ASCII, is '" + text + "'");
        }
        return new RouteAction.Redirect(
                scheme,
                orNull(action.getHostRedirect()),
                action.getPortRedirect(),
                orNull(action.getPathRedirect()),
                orNull(action.getPrefixRewrite()),
                status,
                action.getStripQuery());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private RouteAction direct(Route route, String path) {
        var direct = route.getDirectResponse();
        check.only(direct, path, Set.of("status", "body"));
        check.require(
                direct.getStatus() >= 200 && direct.getStatus() <= 599,
                path + ".status",
                "must be between 200 and 599, is " + direct.getStatus());
        byte[] body =
                direct.hasBody()
                        ? Reading.inline(direct.getBody(), path + ".body", check)
                        : new byte[0];
        return new RouteAction.DirectResponse(direct.getStatus(), new AsciiString(body, false));
    }
}
