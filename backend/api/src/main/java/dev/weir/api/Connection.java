package dev.weir.api;

import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;

/// Where a server is and how to reach and trust it.
///
/// @param base as in `https://127.0.0.1:8443`, without path
/// @param caPem the certificates to trust, or null for the platform's
/// @param token sent with each request, or null
/// @param connectTimeout for the connection and the TLS handshake
/// @param readTimeout for silence of the server
/// @param userAgent as in `weir-console/0.1.0`; the audit tells programs apart by it
public record Connection(
        URI base,
        @Nullable String caPem,
        @Nullable Secret token,
        Duration connectTimeout,
        Duration readTimeout,
        String userAgent) {

    /// With timeouts of 5 s and 30 s.
    public static Connection of(
            URI base, @Nullable String caPem, @Nullable Secret token, String userAgent) {
        return new Connection(
                base, caPem, token, Duration.ofSeconds(5), Duration.ofSeconds(30), userAgent);
    }

    public Connection withToken(@Nullable Secret newToken) {
        return new Connection(base, caPem, newToken, connectTimeout, readTimeout, userAgent);
    }
}
