package dev.weir.admin;

import dev.weir.admin.store.AuditLog;
import dev.weir.api.ApiPaths;
import dev.weir.api.AuditEvent;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Notes every write and everything that was denied.
///
/// Strangers without a token are noted once a second at most, so that they cannot fill the disk.
final class Auditor {
    private static final System.Logger LOG = System.getLogger(Auditor.class.getName());

    private final AuditLog log;
    private final InstantSource clock;
    private final AtomicLong lastStranger = new AtomicLong();

    Auditor(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    void note(ServerRequest request, String actor, String requestId, Answer answer) {
        boolean write = !request.prologue().method().equals(Method.GET);
        boolean denied = answer.status() == 401 || answer.status() == 403 || answer.status() == 429;
        boolean dry = request.query().first("dryRun").asOptional().isPresent();
        if (!(denied || (write && !dry))) {
            return;
        }
        boolean stranger = answer.status() == 401 || answer.status() == 429;
        if (stranger && !mayNoteStranger()) {
            return;
        }
        String path = request.path().rawPath();
        try {
            log.add(
                    new AuditEvent(
                            0,
                            clock.instant(),
                            actor,
                            source(request),
                            action(request, path),
                            Call.shortened(path),
                            number(header(request, "If-Match")),
                            number(answer.headers().get(ApiPaths.REVISION_HEADER)),
                            requestId,
                            answer.status()));
        } catch (RuntimeException unwritable) {
            // the write itself is durable and names its author; losing the note must not undo it
            LOG.log(System.Logger.Level.ERROR, "audit: cannot be written", unwritable);
        }
    }

    private boolean mayNoteStranger() {
        long second = clock.instant().getEpochSecond();
        long last = lastStranger.get();
        return last < second && lastStranger.compareAndSet(last, second);
    }

    private static String action(ServerRequest request, String path) {
        int colon = path.lastIndexOf(':');
        if (colon > path.lastIndexOf('/')) {
            return Call.shortened(path.substring(colon + 1));
        }
        if (path.equals(ApiPaths.LOGIN)) {
            return "login";
        }
        return request.prologue().method().text().toLowerCase(Locale.ROOT);
    }

    private static AuditEvent.Source source(ServerRequest request) {
        String agent = header(request, "User-Agent");
        if (agent != null && agent.startsWith("weir-console")) {
            return AuditEvent.Source.UI;
        }
        return agent != null && agent.startsWith("weirctl")
                ? AuditEvent.Source.CLI
                : AuditEvent.Source.API;
    }

    private static @Nullable String header(ServerRequest request, String name) {
        return request.headers().first(HeaderNames.create(name)).orElse(null);
    }

    private static @Nullable Long number(@Nullable String tag) {
        if (tag == null || !tag.matches("\"?\\d{1,18}\"?")) {
            return null;
        }
        return Long.valueOf(tag.replace("\"", ""));
    }
}
