package dev.weir.admin;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Hands news to every open event stream and keeps the last ones for those who come back.
///
/// [#publish] may be called from any thread and returns at once; a reader that falls behind is cut
/// off and comes back by itself. A reader that may hear nothing any more is cut off too: at once by
/// [#review], and within a heartbeat where its token expires or another process takes it back.
final class EventHub implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventHub.class.getName());
    private static final Message END = new Message("", "end", "", "");

    private final String epoch;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Deque<Message> kept = new ArrayDeque<>();
    private final Set<Reader> readers = new HashSet<>();
    private long sequence;
    private boolean closed;

    /// How much is held.
    ///
    /// @param kept events for those who come back
    /// @param behind events that one reader may have yet to take
    /// @param heartbeat the longest silence on a stream, which tells both sides that it lives
    record Limits(int kept, int behind, Duration heartbeat) {
        static final Limits DEFAULT = new Limits(1024, 4096, Duration.ofSeconds(10));
    }

    /// What a reader may hear, asked again while its stream is open.
    @FunctionalInterface
    interface Permission {
        /// Tells the clusters whose events it may hear; empty where it may not read at all.
        Optional<Predicate<String>> now();
    }

    /// @param epoch tells this life of the server from others, whose numbers mean nothing here
    EventHub(String epoch, Limits limits, LongSupplier nanoTime) {
        this.epoch = epoch;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /// @param cluster of the event; only who may read it hears of it
    synchronized void publish(String type, String cluster, Object data) {
        Message message = new Message(epoch + "-" + ++sequence, type, cluster, data);
        kept.addLast(message);
        if (kept.size() > limits.kept()) {
            kept.removeFirst();
        }
        readers.removeIf(reader -> !reader.offer(message));
    }

    /// Opens a stream that begins after the event of this id, or now where the id is null or too
    /// old to be known; the calling thread is the one that reads.
    ///
    /// @param permission is asked on the calling thread, and by [#review]
    Reader open(@Nullable String lastId, Permission permission) {
        Reader reader = register(lastId, permission, permission.now().orElse(cluster -> false));
        reader.review(); // what was taken back before the reader was among the others
        return reader;
    }

    private synchronized Reader register(
            @Nullable String lastId, Permission permission, Predicate<String> clusters) {
        Deque<Message> missed = new ArrayDeque<>();
        boolean complete = lastId != null && lastId.equals(epoch + "-" + sequence);
        if (lastId != null && !complete) {
            for (Message message : kept) {
                if (complete) {
                    missed.addLast(message);
                }
                complete |= message.id().equals(lastId);
            }
            // the first kept one may directly follow the one that is asked for
            if (!complete && !kept.isEmpty() && lastId.equals(before(kept.getFirst()))) {
                complete = true;
                missed.addAll(kept);
            }
        }
        String from = complete && lastId != null ? lastId : epoch + "-" + sequence;
        Message first = new Message(from, "hello", "", new Hello(complete));
        Reader reader = new Reader(first, permission, clusters);
        missed.stream()
                .filter(message -> clusters.test(message.cluster()))
                .forEach(reader.queue::add);
        if (closed) {
            reader.end();
        } else {
            readers.add(reader);
        }
        return reader;
    }

    /// Asks for every reader again what it may hear, and cuts off those that may hear nothing.
    void review() {
        List<Reader> open;
        synchronized (this) {
            open = List.copyOf(readers);
        }
        open.forEach(Reader::review);
    }

    private synchronized void cut(Reader reader) {
        if (readers.remove(reader)) {
            reader.cut();
        }
    }

    /// How many streams are open.
    synchronized int readers() {
        return readers.size();
    }

    private String before(Message message) {
        long number = Long.parseLong(message.id().substring(epoch.length() + 1));
        return epoch + "-" + (number - 1);
    }

    private synchronized void forget(Reader reader) {
        readers.remove(reader);
    }

    /// Ends every stream.
    @Override
    public synchronized void close() {
        closed = true;
        readers.forEach(Reader::end);
        readers.clear();
    }

    /// One event.
    ///
    /// @param data a record with a JSON form
    record Message(String id, String type, String cluster, Object data) {}

    /// The first event of each stream.
    ///
    /// @param complete whether nothing was missed since the id that was asked for
    record Hello(boolean complete) {}

    /// One open stream; read by the thread that opened it.
    final class Reader implements AutoCloseable {
        private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
        private final Thread thread = Thread.currentThread();
        private final Message first;
        private final Permission permission;
        private volatile Predicate<String> clusters;
        private volatile boolean ended;

        /// Owned by the reading thread.
        private long reviewed = nanoTime.getAsLong();

        private Reader(Message first, Permission permission, Predicate<String> clusters) {
            this.first = first;
            this.permission = permission;
            this.clusters = clusters;
        }

        /// Takes note of what the reader may hear from now on; who cannot be asked about is cut
        /// off.
        private void review() {
            Optional<Predicate<String>> now = Optional.empty();
            try {
                now = permission.now();
            } catch (RuntimeException unknown) {
                LOG.log(System.Logger.Level.WARNING, "events: cannot ask who reads", unknown);
            }
            if (now.isPresent()) {
                clusters = now.get();
            } else {
                EventHub.this.cut(this);
            }
        }

        /// Answers whether the reader is still there.
        private boolean offer(Message message) {
            if (!clusters.test(message.cluster())) {
                return true;
            }
            if (queue.size() < limits.behind()) {
                return queue.add(message);
            }
            cut();
            return false;
        }

        private void cut() {
            ended = true;
            queue.clear();
            if (thread != Thread.currentThread()) {
                // it may wait for a peer that takes nothing; on a virtual thread this closes the
                // socket
                thread.interrupt();
            }
        }

        private void end() {
            var _ = queue.add(END);
        }

        Message first() {
            return first;
        }

        /// Whether the stream is over: the server stops, or the reader was cut off.
        boolean isEnded() {
            return ended;
        }

        /// The next event, or null where none comes before the next heartbeat or the stream is
        /// over.
        @Nullable Message next() throws InterruptedException {
            long now = nanoTime.getAsLong();
            if (now - reviewed >= limits.heartbeat().toNanos()) {
                reviewed = now;
                review();
                if (ended) {
                    return null;
                }
            }
            Message message = queue.poll(limits.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
            if (message != null && message.type().equals(END.type())) {
                ended = true;
                return null;
            }
            return message;
        }

        @Override
        public void close() {
            forget(this);
        }
    }
}
