package dev.weir.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An admin API that answers what it was told to, and remembers what it was asked.
final class FakeServer implements AutoCloseable {
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final HttpServer server;

    private record Answer(int status, String body) {}

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    FakeServer on(String methodAndPath, int status, String body) {
        answers.put(methodAndPath, new Answer(status, body));
        return this;
    }

    URI address() {
        return URI.create(
                "http://"
                        + InetAddress.getLoopbackAddress().getHostAddress()
                        + ":"
                        + server.getAddress().getPort());
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    /// What came with the last request of this method and path; empty where none came.
    String body(String methodAndPath) {
        return bodies.getOrDefault(methodAndPath, "");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        requests.add(asked);
        bodies.put(
                asked,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Answer answer =
                answers.getOrDefault(
                        asked, new Answer(404, problem(404, asked + ": does not exist")));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set(
                        "Content-Type",
                        answer.status() < 400 ? "application/json" : "application/problem+json");
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static String problem(int status, String detail) {
        return problem(status, detail, "[]");
    }

    static String problem(int status, String detail, String errors) {
        return """
        {"type": "/problems/x", "title": "x", "status": %d, "detail": "%s",
         "instance": "/", "requestId": "r", "errors": %s}
        """
                .formatted(status, detail, errors);
    }
}
