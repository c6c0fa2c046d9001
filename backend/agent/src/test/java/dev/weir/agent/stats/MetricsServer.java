package dev.weir.agent.stats;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// An engine's admin door that says what a test wants it to say.
final class MetricsServer implements AutoCloseable {
    private final HttpServer server;
    private volatile String text = "";
    private volatile int status = 200;
    private volatile String query = "";

    MetricsServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext(
                "/stats/prometheus",
                exchange -> {
                    query = exchange.getRequestURI().getQuery();
                    byte[] body = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void says(String newText) {
        text = newText;
    }

    void answers(int newStatus) {
        status = newStatus;
    }

    String query() {
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
