package dev.weir.bundle;

import dev.weir.admin.auth.Identity;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.LabClient;
import dev.weir.api.LabTraffic;
import dev.weir.model.InvalidException;
import dev.weir.model.Secret;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;

/// The lab's own HTTPS door on loopback, opened by the lab's token: turns its traffic up and off,
/// for `weirctl lab traffic`.
///
/// Each request runs on a virtual thread of its own.
final class LabControl implements AutoCloseable {
    private static final long MAX_BODY = 1024;

    private final DemoTraffic traffic;
    private final byte[] expected;
    private final WebServer server;

    LabControl(HostPort address, Identity identity, Secret token, DemoTraffic traffic) {
        this.traffic = traffic;
        this.expected = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
        this.server =
                WebServer.builder()
                        .shutdownHook(false)
                        .address(InetAddress.ofLiteral(address.host()))
                        .port(address.port())
                        .maxPayloadSize(MAX_BODY)
                        .shutdownGracePeriod(Duration.ZERO)
                        .tls(Tls.builder().sslContext(identity.serverContext()).build())
                        .routing(routing ->
                                routing.get(LabClient.TRAFFIC, this::show)
                                        .put(LabClient.TRAFFIC, this::change))
                        .build();
    }

    LabControl start() {
        server.start();
        // Helidon logs why it cannot listen, and returns as if it could
        if (!server.isRunning()) {
            throw new IllegalStateException("cannot listen; the log says why");
        }
        return this;
    }

    @Override
    public void close() {
        server.stop();
    }

    private void show(ServerRequest request, ServerResponse response) {
        if (opens(request, response)) {
            JsonAnswers.send(response, traffic.state());
        }
    }

    private void change(ServerRequest request, ServerResponse response) throws IOException {
        if (!opens(request, response)) {
            return;
        }
        try {
            LabTraffic.Wish wish =
                    Codec.read(
                            Documents.STANDARD.json(request.content().inputStream()),
                            LabTraffic.Wish.class,
                            "traffic");
            traffic.level(wish.level());
            JsonAnswers.send(response, traffic.state());
        } catch (InvalidException invalid) {
            JsonAnswers.refuse(
                    request,
                    response,
                    Status.BAD_REQUEST_400,
                    "the document is not valid",
                    invalid.problems());
        }
    }

    private boolean opens(ServerRequest request, ServerResponse response) {
        String given = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
            return true;
        }
        response.header("WWW-Authenticate", "Bearer");
        JsonAnswers.refuse(
                request,
                response,
                Status.UNAUTHORIZED_401,
                "Authorization: is missing or wrong; send the token of the lab's token file",
                List.of());
        return false;
    }
}
