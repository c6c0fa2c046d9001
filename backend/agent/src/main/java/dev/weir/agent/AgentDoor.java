package dev.weir.agent;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ProblemDetails;
import dev.weir.model.InvalidException;
import dev.weir.model.Problem;
import dev.weir.model.Secret;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// Lets requests with the token in, and turns what goes wrong inside into problem details.
final class AgentDoor {
    private static final Logger LOG = LoggerFactory.getLogger(AgentDoor.class);
    private static final int MAX_PATH = 80;

    private final byte[] expected;

    /// What a handler does.
    interface Handling {
        void handle(ServerRequest request, ServerResponse response)
                throws IOException, InvalidException, RefusedException;
    }

    /// A request that is refused with a status.
    static final class RefusedException extends Exception {
        private final Status status;

        RefusedException(Status status, String message) {
            super(message);
            this.status = status;
        }
    }

    AgentDoor(Secret token) {
        expected = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
    }

    Handler guarded(Handling handling) {
        return open((request, response) -> {
            String given = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
            if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
                response.header("WWW-Authenticate", "Bearer");
                throw new RefusedException(
                        Status.UNAUTHORIZED_401,
                        "Authorization: is missing or wrong; send the agent's bearer token");
            }
            handling.handle(request, response);
        });
    }

    Handler open(Handling handling) {
        return (request, response) -> {
            try {
                handling.handle(request, response);
            } catch (RefusedException refused) {
                refuse(
                        request,
                        response,
                        refused.status,
                        String.valueOf(refused.getMessage()),
                        List.of());
            } catch (InvalidException invalid) {
                refuse(
                        request,
                        response,
                        Status.BAD_REQUEST_400,
                        "the document is not valid",
                        invalid.problems());
            } catch (HttpException malformed) {
                refuse(
                        request,
                        response,
                        malformed.status(),
                        "the request cannot be read",
                        List.of());
            } catch (IOException | RuntimeException defect) {
                if (response.isSent() || defect instanceof UncheckedIOException) {
                    // too late for an answer: the connection is cut, so that the caller notices
                    throw defect;
                }
                LOG.error("request {} failed", path(request), defect);
                refuse(
                        request,
                        response,
                        Status.INTERNAL_SERVER_ERROR_500,
                        "failed inside; the agent's log says why",
                        List.of());
            }
        };
    }

    static void json(ServerResponse response, Object value) {
        response.header("Content-Type", "application/json");
        response.send(Documents.toJson(Codec.write(value)));
    }

    /// What the web server itself refuses is answered in the same form.
    static DirectHandlers refusalsOfTheServer() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type,
                    (_, _, status, headers, _) -> {
                        Status answered = status.code() >= 500 ? Status.BAD_REQUEST_400 : status;
                        headers.set(
                                HeaderValues.create(
                                        HeaderNames.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE));
                        return DirectHandler.TransportResponse.builder()
                                .status(answered)
                                .headers(headers)
                                .entity(
                                        problem(
                                                answered,
                                                "",
                                                "the request cannot be read",
                                                List.of()))
                                .build();
                    });
        }
        return handlers.build();
    }

    private static void refuse(
            ServerRequest request,
            ServerResponse response,
            Status status,
            String detail,
            List<Problem> errors) {
        response.status(status);
        response.header("Content-Type", ProblemDetails.MEDIA_TYPE);
        response.send(problem(status, path(request), detail, errors));
    }

    private static byte[] problem(Status status, String path, String detail, List<Problem> errors) {
        return Documents.toJson(
                Codec.write(
                        ProblemDetails.ofStatus(
                                status.code(), status.reasonPhrase(), detail, path, errors)));
    }

    private static String path(ServerRequest request) {
        String path = request.path().rawPath();
        return path.length() <= MAX_PATH ? path : path.substring(0, MAX_PATH) + "…";
    }
}
