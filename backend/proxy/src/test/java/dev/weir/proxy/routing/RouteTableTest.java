package dev.weir.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;

import dev.weir.proxy.routing.RouteTable.VirtualHost;

import io.netty.util.AsciiString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class RouteTableTest {
    private static Route route(PathMatch match, String name) {
        return new Route(match, new RouteAction.DirectResponse(200, new AsciiString(name)));
    }

    private static String find(RouteTable table, String host, String path) {
        byte[] bytes = (host + path).getBytes(StandardCharsets.US_ASCII);
        Route route = table.find(bytes, 0, host.length(), host.length(), bytes.length);
        return route != null && route.action() instanceof RouteAction.DirectResponse direct
                ? direct.body().toString()
                : "none";
    }

    private static VirtualHost host(String domain, Route... routes) {
        return new VirtualHost(List.of(domain), List.of(routes));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, exact",
        "SHOP.Example.COM, exact",
        "shop.example.com:8443, exact",
        "a.example.com, suffix",
        "a.b.example.com, longer",
        ".b.example.com, suffix",
        "example.com, any",
        "[::1]:80, any"
    })
    void prefersExactThenTheLongestSuffixThenAny(String host, String expected) {
        RouteTable table =
                new RouteTable(
                        List.of(
                                host("*", route(new PathMatch.Prefix("/"), "any")),
                                host("*.example.com", route(new PathMatch.Prefix("/"), "suffix")),
                                host("*.b.example.com", route(new PathMatch.Prefix("/"), "longer")),
                                host(
                                        "shop.example.com",
                                        route(new PathMatch.Prefix("/"), "exact"))),
                        true);

        assertThat(find(table, host, "/")).isEqualTo(expected);
    }

    @Test
    void comparesThePortWhereItIsNotIgnored() {
        RouteTable table =
                new RouteTable(
                        List.of(host("a:80", route(new PathMatch.Prefix("/"), "port"))), false);

        assertThat(find(table, "a:80", "/")).isEqualTo("port");
        assertThat(find(table, "a", "/")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "/exact, exact",
        "/exact/, rest",
        "/api, api",
        "/api/v1, api",
        "/apis, rest",
        "/img/a.png, image",
        "/img/a.pngx, rest",
        "/, rest"
    })
    void triesRoutesInOrder(String path, String expected) {
        RouteTable table =
                new RouteTable(
                        List.of(
                                host(
                                        "*",
                                        route(new PathMatch.Exact("/exact"), "exact"),
                                        route(new PathMatch.Segments("/api"), "api"),
                                        route(
                                                new PathMatch.Regex(
                                                        Pattern.compile("/img/.*\\.png")),
                                                "image"),
                                        route(new PathMatch.Prefix("/"), "rest"))),
                        true);

        assertThat(find(table, "h", path)).isEqualTo(expected);
    }

    @Test
    void findsEachOfManyHosts() {
        List<VirtualHost> hosts =
                java.util.stream.IntStream.range(0, 1000)
                        .mapToObj(i -> host("h" + i, route(new PathMatch.Prefix("/"), "r" + i)))
                        .toList();
        RouteTable table = new RouteTable(hosts, true);

        for (int i = 0; i < 1000; i++) {
            assertThat(find(table, "h" + i, "/")).isEqualTo("r" + i);
        }
        assertThat(find(table, "h1000", "/")).isEqualTo("none");
    }
}
