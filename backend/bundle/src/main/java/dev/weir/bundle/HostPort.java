package dev.weir.bundle;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address to listen on or to reach.
///
/// @param host a name or an address, IPv6 without brackets
/// @param port 0 to 65535, where 0 asks for a free one
record HostPort(String host, int port) {
    static final String LOOPBACK = "127.0.0.1";
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\s\\[\\]]+)):(\\d{1,5})");

    static HostPort loopback(int port) {
        return new HostPort(LOOPBACK, port);
    }

    /// Reads `host:port` or `[address]:port`.
    static HostPort of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65535) {
            throw new IllegalArgumentException("must be host:port");
        }
        String bracketed = matcher.group(1);
        return new HostPort(
                bracketed == null ? matcher.group(2) : bracketed,
                Integer.parseInt(matcher.group(3)));
    }

    HostPort withPort(int newPort) {
        return new HostPort(host, newPort);
    }

    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
