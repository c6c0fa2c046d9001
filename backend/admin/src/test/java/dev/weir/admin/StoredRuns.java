package dev.weir.admin;

import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.DiagnosisRuns;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.Subscription;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Diagnoses that are stored and never carried out, with artifacts as a test gives them.
final class StoredRuns implements DiagnosisRuns {
    final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
    final AtomicInteger opened = new AtomicInteger();

    /// After how many bytes a node breaks off, or -1 for none that does.
    volatile int breaksAfter = -1;

    private final DiagnosisStore store;
    private final AtomicInteger seconds = new AtomicInteger();

    StoredRuns(DiagnosisStore store) {
        this.store = store;
    }

    @Override
    public Diagnosis start(String id, Diagnosis.Spec spec, String user) {
        Diagnosis pending =
                new Diagnosis(
                        id,
                        spec,
                        new Diagnosis.Status(
                                Diagnosis.Phase.PENDING, List.of(), null, null, null, false),
                        user,
                        Instant.parse("2026-11-23T12:00:00Z")
                                .plusSeconds(seconds.incrementAndGet()),
                        1);
        return store.insert(pending) ? pending : store.find(id).orElseThrow();
    }

    @Override
    public Optional<Diagnosis> find(String id) {
        return store.find(id);
    }

    @Override
    public List<Diagnosis> list(DiagnosisQuery query) {
        return store.list(query);
    }

    @Override
    public Optional<Diagnosis> cancel(String id) {
        return store.find(id);
    }

    @Override
    public Optional<InputStream> open(String sha256) {
        opened.incrementAndGet();
        int end = breaksAfter;
        return Optional.ofNullable(artifacts.get(sha256))
                .map(bytes ->
                        end < 0 ? new ByteArrayInputStream(bytes) : new BreakingStream(bytes, end));
    }

    @Override
    public Subscription subscribe(Consumer<Diagnosis> listener) {
        return () -> {};
    }

    /// Bytes of a node that goes away in the middle.
    private static final class BreakingStream extends InputStream {
        private final InputStream bytes;

        BreakingStream(byte[] bytes, int end) {
            this.bytes = new ByteArrayInputStream(bytes, 0, end);
        }

        @Override
        public int read() throws IOException {
            return orBreak(bytes.read());
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return orBreak(bytes.read(into, offset, length));
        }

        private static int orBreak(int answer) throws IOException {
            if (answer < 0) {
                throw new IOException("the node went away");
            }
            return answer;
        }
    }
}
