package dev.weir.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// A small order service whose workers have something to do, so that there is something to
/// diagnose: a little while nobody looks, much while a profile is taken.
final class DemoProgram implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration REST_WATCHED = Duration.ofMillis(5);
    private static final int ITEMS = 40;
    private static final int WATCHED_ORDERS = 60;

    private final Pause pause;
    private final RandomGenerator random;
    private final DemoMemory memory = new DemoMemory();
    private final AtomicInteger watchers = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();

    /// @param random must be safe for many threads
    DemoProgram(Pause pause, RandomGenerator random) {
        this.pause = pause;
        this.random = random;
    }

    DemoProgram start() {
        for (int number = 1; number <= WORKERS; number++) {
            // platform threads: their CPU time can be asked for
            workers.add(
                    Thread.ofPlatform().daemon().name("order-worker-" + number).start(this::work));
        }
        return this;
    }

    /// Works harder until the watch is closed.
    Watch watch() {
        watchers.incrementAndGet();
        return watchers::decrementAndGet;
    }

    /// Somebody looks at the program.
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    List<Thread> workers() {
        return List.copyOf(workers);
    }

    DemoMemory memory() {
        return memory;
    }

    @Override
    public void close() {
        workers.forEach(Thread::interrupt);
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean watched = watchers.get() > 0;
                for (int order = 0; order < (watched ? WATCHED_ORDERS : 1); order++) {
                    serveOrder();
                }
                pause.sleep(watched ? REST_WATCHED : REST);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveOrder() {
        List<String> items = parseOrder(random.nextLong());
        String total = priceOrder(items);
        renderReceipt(items, total);
    }

    private List<String> parseOrder(long seed) {
        List<String> items = new ArrayList<>(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            items.add("item-" + Long.toString(seed ^ (i * 0x9E3779B97F4A7C15L), 36));
        }
        items.sort(String::compareTo);
        return items;
    }

    private String priceOrder(List<String> items) {
        MessageDigest digest = sha256();
        for (String item : items) {
            digest.update(discount(item));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private byte[] discount(String item) {
        byte[] hash = item.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 8; round++) {
            hash = sha256().digest(hash);
        }
        return hash;
    }

    private void renderReceipt(List<String> items, String total) {
        byte[] receipt = (String.join("\n", items) + "\n" + total).getBytes(StandardCharsets.UTF_8);
        archiveReceipt(receipt);
        if (receipt.length % 2 == 0) {
            memory.keep(Arrays.copyOf(receipt, 256));
        }
    }

    private void archiveReceipt(byte[] receipt) {
        memory.keep(receipt.clone());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
