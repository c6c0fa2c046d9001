package dev.weir.admin;

import dev.weir.admin.store.AuditLog;
import dev.weir.api.ApiPaths;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Notes every write and everything that was denied, except what a revision took with it.
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

    void note(Trail trail, Answer answer) {
        boolean stranger = answer.status() == 401 || answer.status() == 429;
        boolean denied = stranger || answer.status() == 403;
        if (trail.isStored() || !(denied || trail.isWrite())) {
            return;
        }
        if (stranger && !mayNoteStranger()) {
            return;
        }
        try {
            log.add(
                    trail.event(
                            clock.instant(),
                            Trail.number(answer.headers().get(ApiPaths.REVISION_HEADER)),
                            answer.status()));
        } catch (RuntimeException unwritable) {
            // nothing of the configuration changed; a refusal stays one without its note
            LOG.log(System.Logger.Level.ERROR, "audit: cannot be written", unwritable);
        }
    }

    private boolean mayNoteStranger() {
        long second = clock.instant().getEpochSecond();
        long last = lastStranger.get();
        return last < second && lastStranger.compareAndSet(last, second);
    }
}
