package dev.weir.agent.operation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets runs wait for each other: one at a time for each exclusive thing, and only so many on this
/// node. Who came first goes first.
///
/// Any thread. A run takes its exclusive thing before its place on the node, so that those who
/// queue for one target do not block the others.
final class Turns {
    private final Semaphore places;
    private final Duration patience;
    private final Map<String, Queue> queues = new HashMap<>();

    private static final class Queue {
        final Semaphore turn = new Semaphore(1, true);
        int users;
    }

    /// A run's turn; closing it lets the next one go.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// @param places how many runs may work at once on this node
    /// @param patience how long a run may wait
    Turns(int places, Duration patience) {
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    /// Waits for a turn; empty where it did not come in time.
    Optional<Turn> take(Optional<String> exclusive) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (exclusive.isEmpty()) {
            return place(deadline).map(place -> place::release);
        }
        String name = exclusive.get();
        Queue queue = join(name);
        boolean ours = false;
        boolean taken = false;
        try {
            ours = acquired(queue.turn, deadline);
            Optional<Semaphore> place = ours ? place(deadline) : Optional.empty();
            taken = place.isPresent();
            return place.map(held ->
                    () -> {
                        held.release();
                        leave(name, queue, true);
                    });
        } finally {
            if (!taken) {
                leave(name, queue, ours);
            }
        }
    }

    private Optional<Semaphore> place(long deadline) throws InterruptedException {
        return acquired(places, deadline) ? Optional.of(places) : Optional.empty();
    }

    private static boolean acquired(Semaphore semaphore, long deadline)
            throws InterruptedException {
        return semaphore.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private Queue join(String name) {
        synchronized (queues) {
            Queue queue = queues.computeIfAbsent(name, _ -> new Queue());
            queue.users++;
            return queue;
        }
    }

    private void leave(String name, Queue queue, boolean ours) {
        synchronized (queues) {
            if (ours) {
                queue.turn.release();
            }
            if (--queue.users == 0) {
                queues.remove(name);
            }
        }
    }
}
