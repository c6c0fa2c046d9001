package dev.weir.proxy.listener;

import dev.weir.proxy.routing.RouteAction;

import java.nio.charset.StandardCharsets;

/// Makes the `Location` of a redirect as Envoy does.
final class Redirects {
    private Redirects() {}

    /// @param matched how much of the path the route matched, for a prefix rewrite
    static String location(
            RequestHead head, RouteAction.Redirect redirect, int matched, boolean secure) {
        String own = secure ? "https" : "http";
        String scheme = redirect.scheme() == null ? own : redirect.scheme();
        StringBuilder location = new StringBuilder(scheme).append("://");
        String host =
                redirect.host() == null
                        ? text(head, head.hostStart, head.hostEnd)
                        : redirect.host();
        if (redirect.host() == null) {
            host = withoutPort(host, scheme, redirect.port() != 0);
        }
        location.append(host);
        if (redirect.port() != 0) {
            location.append(':').append(redirect.port());
        }
        String path = text(head, head.pathStart, head.pathEnd);
        String query = text(head, head.pathEnd, head.targetEnd);
        if (redirect.path() != null) {
            path = redirect.path();
            query = path.indexOf('?') >= 0 ? "" : query;
        } else if (redirect.prefix() != null) {
            path = redirect.prefix() + path.substring(Math.min(matched, path.length()));
        }
        location.append(path);
        return redirect.stripQuery() ? location.toString() : location.append(query).toString();
    }

    /// A port of the request goes when another is set, or when it would contradict the new scheme.
    private static String withoutPort(String host, String scheme, boolean portSet) {
        int colon = host.lastIndexOf(':');
        if (colon < 0 || host.indexOf(']', colon) >= 0) {
            return host;
        }
        String port = host.substring(colon + 1);
        boolean contradicts =
                (scheme.equals("https") && port.equals("80"))
                        || (scheme.equals("http") && port.equals("443"));
        return portSet || contradicts ? host.substring(0, colon) : host;
    }

    private static String text(RequestHead head, int from, int to) {
        return new String(head.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
