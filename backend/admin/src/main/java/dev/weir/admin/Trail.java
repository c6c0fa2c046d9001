package dev.weir.admin;

import dev.weir.api.ApiPaths;
import dev.weir.api.AuditEvent;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/// What the audit keeps of one request: with the revision that it makes, else once it is answered.
///
/// Confined to the request's thread.
final class Trail {
    private final ServerRequest request;
    private final String requestId;
    private String actor = "-";
    private boolean stored;

    Trail(ServerRequest request, String requestId) {
        this.request = request;
        this.requestId = requestId;
    }

    /// Names who asks, or who a stranger says to be.
    void actor(String name) {
        actor = Call.shortened(name);
    }

    /// Remembers that a revision took the event with it, so that it is not noted again.
    void stored() {
        stored = true;
    }

    boolean isStored() {
        return stored;
    }

    /// Whether the request may have changed something.
    boolean isWrite() {
        boolean dry = request.query().first("dryRun").asOptional().isPresent();
        return !request.prologue().method().equals(Method.GET) && !dry;
    }

    /// The event of an answer.
    ///
    /// @param after the revision that was made, or null
    /// @param result the HTTP status of the answer
    AuditEvent event(Instant time, @Nullable Long after, int result) {
        String path = request.path().rawPath();
        return new AuditEvent(
                0,
                time,
                actor,
                source(),
                action(path),
                Call.shortened(path),
                number(header("If-Match")),
                after,
                requestId,
                result);
    }

    /// A tag or header that holds a revision's number, or null.
    static @Nullable Long number(@Nullable String tag) {
        if (tag == null || !tag.matches("\"?\\d{1,18}\"?")) {
            return null;
        }
        return Long.valueOf(tag.replace("\"", ""));
    }

    private String action(String path) {
        int colon = path.lastIndexOf(':');
        if (colon > path.lastIndexOf('/')) {
            return Call.shortened(path.substring(colon + 1));
        }
        if (path.equals(ApiPaths.LOGIN)) {
            return "login";
        }
        return request.prologue().method().text().toLowerCase(Locale.ROOT);
    }

    private AuditEvent.Source source() {
        String agent = header("User-Agent");
        if (agent != null && agent.startsWith("weir-console")) {
            return AuditEvent.Source.UI;
        }
        return agent != null && agent.startsWith("weirctl")
                ? AuditEvent.Source.CLI
                : AuditEvent.Source.API;
    }

    private @Nullable String header(String name) {
        return request.headers().first(HeaderNames.create(name)).orElse(null);
    }
}
