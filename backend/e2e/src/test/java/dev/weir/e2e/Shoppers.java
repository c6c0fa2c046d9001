package dev.weir.e2e;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients of a virtual server whose pace rises and falls, and that count what they were answered.
final class Shoppers implements AutoCloseable {
    private static final List<String> PAGES =
            List.of("/", "/search", "/checkout", "/old", "/search?q=hat", "/cart");
    private static final double WAVE_SECONDS = 23;

    private final OkHttpClient http;
    private final URI shop;
    private final List<Thread> crowd = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile Duration rest;
    private volatile boolean open = true;

    /// Begins to ask.
    ///
    /// @param rest of each shopper between two pages, on the average
    Shoppers(URI shop, int count, Duration rest) {
        this.shop = shop;
        this.rest = rest;
        this.http =
                new OkHttpClient.Builder()
                        .followRedirects(false)
                        .connectionPool(new ConnectionPool(count, 1, TimeUnit.MINUTES))
                        .build();
        for (int number = 0; number < count; number++) {
            int first = number;
            crowd.add(Thread.ofVirtual().name("shopper-" + number).start(() -> browse(first)));
        }
    }

    /// Lets every shopper rest so long from now on.
    void pace(Duration newRest) {
        rest = newRest;
    }

    /// Requests answered so far; exact once all have gone.
    long answered() {
        return answered.get();
    }

    /// Why requests were not answered; nothing is lost, so that this is empty.
    List<String> failures() {
        return List.copyOf(failures);
    }

    /// Sends all away and waits for their last answers.
    void leave() throws InterruptedException {
        open = false;
        for (Thread shopper : crowd) {
            shopper.join();
        }
    }

    @Override
    public void close() {
        open = false;
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private void browse(int first) {
        for (int turn = first; open; turn++) {
            URI page = shop.resolve(PAGES.get(turn % PAGES.size()));
            Request request = new Request.Builder().url(page.toString()).build();
            try (Response response = http.newCall(request).execute()) {
                response.body().bytes();
                answered.incrementAndGet();
            } catch (IOException gone) {
                failures.add(page + ": " + gone);
            }
            double wave = Math.sin(System.nanoTime() / 1e9 * 2 * Math.PI / WAVE_SECONDS);
            LockSupport.parkNanos((long) (rest.toNanos() * (1 + 0.6 * wave)));
        }
    }
}
