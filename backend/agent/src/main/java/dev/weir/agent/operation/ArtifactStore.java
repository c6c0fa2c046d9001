package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keeps artifacts as files named by the SHA-256 of their bytes, under a quota of bytes and age.
///
/// What is being written lives in `partial/` and is never listed; leftovers of a killed process are
/// removed at start. The one least recently used goes first, never one being read. Any thread; one
/// store per directory. Its lock guards the index and is never held while bytes move.
public final class ArtifactStore {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;
    private final Path partial;
    private final Limits limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();
    private long storedBytes;
    private long draftBytes;

    /// How much is kept.
    ///
    /// @param bytes of all artifacts together, those being written included; at least 1
    /// @param age since the last use
    public record Limits(long bytes, Duration age) {}

    private static final class Entry {
        final long bytes;
        Instant usedAt;
        int readers;

        Entry(long bytes, Instant usedAt) {
            this.bytes = bytes;
            this.usedAt = usedAt;
        }
    }

    /// Opens the store, creating the directory where there is none.
    public ArtifactStore(Path directory, Limits limits, InstantSource clock) throws IOException {
        this.directory = directory;
        this.partial = directory.resolve("partial");
        this.limits = limits;
        this.clock = clock;
        Files.createDirectories(partial);
        try (Stream<Path> leftovers = Files.list(partial)) {
            for (Path leftover : leftovers.toList()) {
                Files.deleteIfExists(leftover);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(ArtifactStore::isArtifact).toList()) {
                Instant usedAt = Files.getLastModifiedTime(file).toInstant();
                add(file.getFileName().toString(), Files.size(file), usedAt);
            }
        }
        collect();
    }

    /// Begins an artifact; the caller commits or closes the draft.
    public ArtifactDraft begin() throws IOException {
        return new ArtifactDraft(this, partial.resolve(UUID.randomUUID().toString()));
    }

    /// The bytes of an artifact, kept until the caller closes the stream; empty where it is not
    /// here.
    public Optional<InputStream> open(String sha256) throws IOException {
        if (!pin(sha256)) {
            return Optional.empty();
        }
        try {
            Path file = directory.resolve(sha256);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(new Reading(Files.newInputStream(file), sha256));
        } catch (NoSuchFileException removedByHand) {
            unpin(sha256);
            forget(sha256);
            return Optional.empty();
        } catch (IOException failure) {
            unpin(sha256);
            throw failure;
        }
    }

    /// The identities of all artifacts, in no order.
    public Set<String> list() {
        lock.lock();
        try {
            return new HashSet<>(entries.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// The bytes of all artifacts together, those being written included.
    public long bytes() {
        lock.lock();
        try {
            return storedBytes + draftBytes;
        } finally {
            lock.unlock();
        }
    }

    /// Removes what is too old, and the least recently used while there is more than the quota.
    public void collect() throws IOException {
        lock.lock();
        try {
            Instant oldest = clock.instant().minus(limits.age());
            for (Map.Entry<String, Entry> candidate : unread()) {
                boolean tooMuch = storedBytes + draftBytes > limits.bytes();
                if (tooMuch || candidate.getValue().usedAt.isBefore(oldest)) {
                    remove(candidate.getKey());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes room for more bytes of a draft.
    void reserve(int count) throws IOException, OperationFailedException {
        lock.lock();
        try {
            draftBytes += count;
            if (storedBytes + draftBytes <= limits.bytes()) {
                return;
            }
            collect();
            if (storedBytes + draftBytes > limits.bytes()) {
                draftBytes -= count;
                throw new OperationFailedException(
                        FailureReason.QUOTA_EXCEEDED,
                        ("artifact store %s: no room, %d of %d bytes are being read or written;"
                                        + " raise the quota or wait for other runs")
                                .formatted(directory, storedBytes + draftBytes, limits.bytes()));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Gives back what a draft had reserved.
    void release(long count) {
        lock.lock();
        try {
            draftBytes -= count;
        } finally {
            lock.unlock();
        }
    }

    /// Makes the complete, durable file of a draft an artifact; the draft's reservation ends.
    void adopt(Path file, String sha256, long bytes) throws IOException {
        Instant now = clock.instant();
        Files.setLastModifiedTime(file, FileTime.from(now));
        lock.lock();
        try {
            Files.move(file, directory.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
            Entry known = entries.get(sha256);
            if (known == null) {
                add(sha256, bytes, now);
            } else {
                known.usedAt = now;
            }
            draftBytes -= bytes;
        } finally {
            lock.unlock();
        }
        makeDurable();
    }

    private void makeDurable() throws IOException {
        // Windows cannot open a directory, and makes renames durable by itself
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private List<Map.Entry<String, Entry>> unread() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().readers == 0)
                .sorted(Comparator.comparing(entry -> entry.getValue().usedAt))
                .toList();
    }

    private void add(String sha256, long bytes, Instant usedAt) {
        entries.put(sha256, new Entry(bytes, usedAt));
        storedBytes += bytes;
    }

    private void remove(String sha256) throws IOException {
        Files.deleteIfExists(directory.resolve(sha256));
        forget(sha256);
    }

    private void forget(String sha256) {
        lock.lock();
        try {
            Entry gone = entries.remove(sha256);
            storedBytes -= gone == null ? 0 : gone.bytes;
        } finally {
            lock.unlock();
        }
    }

    private boolean pin(String sha256) {
        lock.lock();
        try {
            Entry entry = entries.get(sha256);
            if (entry == null) {
                return false;
            }
            entry.readers++;
            entry.usedAt = clock.instant();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void unpin(String sha256) {
        lock.lock();
        try {
            Entry entry = entries.get(sha256);
            if (entry != null) {
                entry.readers--;
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isArtifact(Path file) {
        return SHA_256.matcher(file.getFileName().toString()).matches()
                && Files.isRegularFile(file);
    }

    /// A stream that keeps its artifact from being collected.
    private final class Reading extends FilterInputStream {
        private final String sha256;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Reading(InputStream bytes, String sha256) {
            super(bytes);
            this.sha256 = sha256;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                if (open.getAndSet(false)) {
                    unpin(sha256);
                }
            }
        }
    }
}
