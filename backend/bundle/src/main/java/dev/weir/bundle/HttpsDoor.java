package dev.weir.bundle;

import dev.weir.admin.auth.Identity;
import dev.weir.api.Trust;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Consumer;

/// A small HTTPS server of the bundle's own, beside admin's and the agents'.
///
/// Each request runs on a virtual thread of its own.
final class HttpsDoor implements AutoCloseable {
    private final WebServer server;

    /// One that is not started yet.
    ///
    /// @param maxBody bytes of a request's body
    HttpsDoor(
            HostPort listen, Identity identity, long maxBody, Consumer<HttpRouting.Builder> routing)
            throws UnknownHostException {
        this(listen, Tls.builder().sslContext(identity.serverContext()).build(), maxBody, routing);
    }

    private HttpsDoor(HostPort listen, Tls tls, long maxBody, Consumer<HttpRouting.Builder> routing)
            throws UnknownHostException {
        this.server =
                WebServer.builder()
                        .shutdownHook(false)
                        .address(InetAddress.getByName(listen.host()))
                        .port(listen.port())
                        .maxPayloadSize(maxBody)
                        .shutdownGracePeriod(Duration.ZERO)
                        .tls(tls)
                        .routing(routing)
                        .build();
    }

    /// One that also learns who its clients are, where they show a certificate of this authority.
    static HttpsDoor knowing(
            Trust clients,
            HostPort listen,
            Identity identity,
            long maxBody,
            Consumer<HttpRouting.Builder> routing)
            throws UnknownHostException {
        Tls tls =
                Tls.builder()
                        .sslContext(identity.context(clients))
                        .clientAuth(TlsClientAuth.OPTIONAL)
                        .build();
        return new HttpsDoor(listen, tls, maxBody, routing);
    }

    void start() {
        server.start();
        // Helidon logs why it cannot listen, and returns as if it could
        if (!server.isRunning()) {
            throw new IllegalStateException("cannot listen; the log says why");
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
