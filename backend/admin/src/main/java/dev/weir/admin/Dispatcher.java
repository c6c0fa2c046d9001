package dev.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.admin.auth.Principal;
import dev.weir.admin.auth.Tokens;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ProblemDetails;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.model.InvalidException;
import dev.weir.model.Problem;
import dev.weir.model.Secret;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Around every handler: who asks, may they, what is sent, and the note in the audit.
///
/// Runs on the request's virtual thread.
final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final Principal ANYBODY = new Principal("-", Map.of());

    private final Tokens tokens;
    private final Auditor auditor;
    private final Supplier<String> requestIds;
    private final AtomicInteger streams = new AtomicInteger();

    Dispatcher(Tokens tokens, Auditor auditor, Supplier<String> requestIds) {
        this.tokens = tokens;
        this.auditor = auditor;
        this.requestIds = requestIds;
    }

    void dispatch(Route route, ServerRequest request, ServerResponse response) {
        String requestId = requestId(request);
        response.header(ApiPaths.REQUEST_ID_HEADER, requestId);
        Trail trail = new Trail(request, requestId);
        Answer answer;
        try {
            Principal principal = authenticate(request, route.role());
            trail.actor(principal.name());
            Call call = new Call(request, principal, trail);
            authorize(call, route);
            answer = route.handler().handle(call);
        } catch (Exception failed) {
            answer = problem(failed, request, requestId);
        }
        auditor.note(trail, answer);
        try {
            send(answer, response);
        } catch (IOException | UncheckedIOException broken) {
            LOG.log(System.Logger.Level.DEBUG, "request " + requestId + ": broke off", broken);
            // to return would end the body in form, and a part of it would pass for the whole
            throw new CloseConnectionException("request " + requestId + ": broke off", broken);
        }
    }

    /// How many threads serve an event stream.
    int streams() {
        return streams.get();
    }

    private Principal authenticate(ServerRequest request, @Nullable Role role)
            throws RefusedException {
        if (role == null) {
            return ANYBODY;
        }
        Secret token =
                Call.token(request)
                        .orElseThrow(() ->
                                new RefusedException(
                                        Reason.UNAUTHENTICATED,
                                        "Authorization: is missing; log in and send"
                                                + " 'Authorization: Bearer <token>'"));
        return tokens.owner(token)
                .orElseThrow(() ->
                        new RefusedException(
                                Reason.UNAUTHENTICATED,
                                "Authorization: the token is unknown or has expired; log in again"));
    }

    private static void authorize(Call call, Route route) throws RefusedException {
        Role needed = route.role();
        if (needed == null) {
            return;
        }
        switch (route.scope()) {
            case CLUSTER -> call.require(needed, call.parameter("cluster"));
            case EVERYWHERE -> call.require(needed, User.EVERYWHERE);
            case SOMEWHERE -> call.requireSomewhere(needed);
        }
    }

    private String requestId(ServerRequest request) {
        String given =
                request.headers().first(HeaderNames.create(ApiPaths.REQUEST_ID_HEADER)).orElse("");
        return given.matches("[A-Za-z0-9._-]{1,64}") ? given : requestIds.get();
    }

    private static Answer problem(Exception failed, ServerRequest request, String requestId) {
        return switch (failed) {
            case RefusedException refused ->
                    problem(
                            refused.reason(),
                            String.valueOf(refused.getMessage()),
                            refused.errors(),
                            request,
                            requestId);
            case InvalidException invalid ->
                    problem(
                            Reason.INVALID,
                            "the document is not valid",
                            invalid.problems(),
                            request,
                            requestId);
            case HttpException malformed when malformed.status().code() == 413 ->
                    problem(Reason.TOO_LARGE, "body: is too large", List.of(), request, requestId);
            case HttpException malformed ->
                    problem(
                            Reason.BAD_REQUEST,
                            "the request cannot be read",
                            List.of(),
                            request,
                            requestId);
            default -> {
                LOG.log(System.Logger.Level.ERROR, "request " + requestId + " failed", failed);
                yield problem(
                        Reason.INTERNAL,
                        "request " + requestId + ": failed inside; the server's log says why",
                        List.of(),
                        request,
                        requestId);
            }
        };
    }

    private static Answer problem(
            Reason reason,
            String detail,
            List<Problem> errors,
            ServerRequest request,
            String requestId) {
        ProblemDetails details =
                new ProblemDetails(
                        reason.type(),
                        reason.title(),
                        reason.status(),
                        detail,
                        Call.shortened(request.path().rawPath()),
                        requestId,
                        errors);
        Map<String, String> headers =
                reason == Reason.UNAUTHENTICATED ? Map.of("WWW-Authenticate", "Bearer") : Map.of();
        return new Answer.Json(reason.status(), Codec.write(details), headers);
    }

    private void send(Answer answer, ServerResponse response) throws IOException {
        response.status(answer.status());
        answer.headers().forEach(response::header);
        switch (answer) {
            case Answer.Json json -> {
                response.header("Content-Type", mediaType(json));
                response.send(Documents.toJson(json.body()));
            }
            case Answer.Text text -> {
                response.header("Content-Type", text.mediaType());
                response.send(text.body().getBytes(StandardCharsets.UTF_8));
            }
            case Answer.Empty empty -> response.send();
            case Answer.Bytes bytes -> {
                response.header("Content-Type", "application/octet-stream");
                try (InputStream in = bytes.stream()) {
                    OutputStream out = response.outputStream();
                    in.transferTo(out);
                    out.close(); // not in the try: it would end the body in form
                }
            }
            case Answer.Events events -> stream(events.reader(), response);
        }
    }

    private static String mediaType(Answer.Json json) {
        return json.status() >= 400 ? ProblemDetails.MEDIA_TYPE : "application/json";
    }

    private void stream(EventHub.Reader reader, ServerResponse response) {
        streams.incrementAndGet();
        try (reader;
                SseSink sink = response.sink(SseSink.TYPE)) {
            sink.emit(event(reader.first()));
            while (!reader.isEnded()) {
                EventHub.Message message = reader.next();
                if (message != null) {
                    sink.emit(event(message));
                } else if (!reader.isEnded()) {
                    sink.emit(SseEvent.builder().comment("still here").build());
                }
            }
        } catch (InterruptedException cut) {
            // by the hub, because the reader is too slow or may not read any more
            throw new UncheckedIOException(new InterruptedIOException("the reader was cut off"));
        } finally {
            streams.decrementAndGet();
        }
    }

    private static SseEvent event(EventHub.Message message) {
        JsonNode data = Codec.write(message.data());
        return SseEvent.builder()
                .id(message.id())
                .name(message.type())
                .data(new String(Documents.toJson(data), StandardCharsets.UTF_8))
                .build();
    }
}
