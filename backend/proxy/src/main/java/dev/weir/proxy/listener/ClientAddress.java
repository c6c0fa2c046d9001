package dev.weir.proxy.listener;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/// What a connection contributes to every request it carries: computed once.
final class ClientAddress {
    private final byte[] bytes;
    private final boolean secure;

    ClientAddress(SocketAddress remote, boolean secure) {
        String text = "0.0.0.0";
        if (remote instanceof InetSocketAddress socket) {
            InetAddress address = socket.getAddress();
            text = address.getHostAddress();
            int scope = text.indexOf('%');
            text = scope < 0 ? text : text.substring(0, scope);
        }
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
        this.secure = secure;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Whether the client speaks TLS.
    boolean secure() {
        return secure;
    }
}
