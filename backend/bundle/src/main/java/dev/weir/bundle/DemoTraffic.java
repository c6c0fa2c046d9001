package dev.weir.bundle;

import dev.weir.api.LabTraffic;
import dev.weir.api.TrafficLevel;

import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/// The lab's own clients: they ask its virtual servers for pages, at a level that can be changed at
/// any time.
///
/// The level is guarded by this object's monitor; each user is one virtual thread.
final class DemoTraffic implements AutoCloseable {
    static final int HEAVY_USERS = 64;
    private static final int GENTLE_USERS = 4;
    private static final Duration GENTLE_REST = Duration.ofMillis(400);
    private static final Duration HEAVY_REST = Duration.ofMillis(2);

    private final OkHttpClient client;
    private final List<URI> pages;
    private final Pause pause;
    private final RandomGenerator random;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final List<Thread> users = new ArrayList<>();
    private TrafficLevel level;

    /// @param client trusts the virtual servers' certificates
    /// @param pages what is asked for, one at random each time
    /// @param random must be safe for many threads
    DemoTraffic(
            OkHttpClient client,
            List<URI> pages,
            TrafficLevel level,
            Pause pause,
            RandomGenerator random) {
        this.client = client;
        this.pages = List.copyOf(pages);
        this.level = level;
        this.pause = pause;
        this.random = random;
    }

    DemoTraffic start() {
        for (int number = 0; number < HEAVY_USERS; number++) {
            int user = number;
            users.add(Thread.ofVirtual().name("demo-user-" + user).start(() -> browse(user)));
        }
        return this;
    }

    synchronized void level(TrafficLevel newLevel) {
        level = newLevel;
        notifyAll();
    }

    synchronized TrafficLevel level() {
        return level;
    }

    LabTraffic state() {
        return new LabTraffic(level(), answered.sum(), failed.sum());
    }

    @Override
    public void close() {
        users.forEach(Thread::interrupt);
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    private void browse(int user) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration rest = awaitTurn(user);
                ask(pages.get(random.nextInt(pages.size())));
                pause.sleep(
                        Duration.ofNanos((long) (rest.toNanos() * (0.5 + random.nextDouble()))));
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until this user is wanted; answers how long it rests after a page.
    private synchronized Duration awaitTurn(int user) throws InterruptedException {
        while (true) {
            switch (level) {
                case OFF -> wait();
                case GENTLE -> {
                    if (user < GENTLE_USERS) {
                        return GENTLE_REST;
                    }
                    wait();
                }
                case HEAVY -> {
                    return HEAVY_REST;
                }
            }
        }
    }

    private void ask(URI page) {
        Call call = client.newCall(new Request.Builder().url(page.toString()).build());
        try (Response response = call.execute()) {
            response.body().bytes();
            answered.increment();
        } catch (IOException broken) {
            failed.increment();
        }
    }
}
