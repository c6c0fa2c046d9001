package dev.weir.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A real HTTP server on loopback that answers with its name and what it saw.
final class Backend implements AutoCloseable {
    private final String name;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean healthy = true;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Backend(String name) throws IOException {
        this.name = name;
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.createContext("/healthz", exchange -> end(exchange, healthy ? 200 : 500, "ok"));
        server.start();
    }

    String name() {
        return name;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Requests answered so far, health checks aside.
    int answered() {
        return answered.get();
    }

    /// Whether `/healthz` says 200 or 500.
    void healthy(boolean now) {
        healthy = now;
    }

    /// Requests to `/slow` wait until the latch opens.
    CountDownLatch holdSlowRequests() {
        CountDownLatch latch = new CountDownLatch(1);
        gate = latch;
        return latch;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestURI().getPath().startsWith("/slow")) {
            try {
                gate.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        answered.incrementAndGet();
        switch (exchange.getRequestURI().getPath()) {
            case "/echo" -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(body);
                exchange.close();
            }
            case "/nothing" -> {
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            }
            case "/headers" -> {
                StringBuilder seen = new StringBuilder();
                exchange.getRequestHeaders()
                        .forEach((key, values) ->
                                seen.append(key).append(": ").append(values).append('\n'));
                end(exchange, 200, seen.toString());
            }
            default -> end(exchange, 200, name);
        }
    }

    private static void end(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        executor.shutdownNow();
    }
}
