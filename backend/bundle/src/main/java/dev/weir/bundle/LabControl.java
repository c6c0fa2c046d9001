package dev.weir.bundle;

import dev.weir.admin.auth.Identity;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.LabClient;
import dev.weir.api.LabTraffic;
import dev.weir.model.InvalidException;
import dev.weir.model.Secret;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// The lab's own HTTPS door on loopback, opened by the lab's token: turns its traffic up and off,
/// for `weirctl lab traffic`.
///
/// Each request runs on a virtual thread of its own.
final class LabControl implements AutoCloseable {
    private static final long MAX_BODY = 1024;

    private final DemoTraffic traffic;
    private final byte[] expected;
    private final HttpsDoor door;

    LabControl(HostPort address, Identity identity, Secret token, DemoTraffic traffic)
            throws UnknownHostException {
        this.traffic = traffic;
        this.expected = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
        this.door =
                new HttpsDoor(
                        address,
                        identity,
                        MAX_BODY,
                        routing ->
                                routing.get(LabClient.TRAFFIC, this::show)
                                        .put(LabClient.TRAFFIC, this::change));
    }

    LabControl start() {
        door.start();
        return this;
    }

    @Override
    public void close() {
        door.close();
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
