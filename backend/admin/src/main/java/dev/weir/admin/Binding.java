package dev.weir.admin;

import dev.weir.admin.auth.Identity;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;

/// Where the server listens.
///
/// @param port 0 for a free one
/// @param identity what it shows over TLS, or null for plain HTTP, which is for loopback alone
public record Binding(InetAddress address, int port, @Nullable Identity identity) {

    /// Refuses plain HTTP on addresses that others can reach.
    ///
    /// @throws IllegalArgumentException where it is tried
    public Binding {
        if (identity == null && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "admin: must not listen on %s without TLS; give it a certificate, or bind 127.0.0.1"
                            .formatted(address.getHostAddress()));
        }
    }
}
