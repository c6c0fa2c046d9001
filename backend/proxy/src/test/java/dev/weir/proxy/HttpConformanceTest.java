package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.io.Transport;

import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// HTTP/1.1 over real sockets, on every transport that this machine has.
@ParameterizedClass
@EnumSource(Transport.class)
class HttpConformanceTest {
    @Parameter Transport transport = Transport.NIO;

    private @Nullable Lab started;

    private Lab lab() {
        return Objects.requireNonNull(started);
    }

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(transport.available(), () -> transport + " does not work here");
        started = new Lab(transport);
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String letters(int length) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static String chunked(String body, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < body.length(); i += size) {
            String chunk = body.substring(i, Math.min(body.length(), i + size));
            chunks.append(Integer.toHexString(chunk.length())).append("\r\n");
            chunks.append(chunk).append("\r\n");
        }
        return chunks + "0\r\n\r\n";
    }

    /// Writes on another thread, since a proxy with back-pressure takes no more than it can pass
    /// on.
    private static void write(Socket socket, String text) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        socket.getOutputStream().write(ascii(text));
                    } catch (IOException e) {
                        // the reader sees what is missing
                    }
                });
    }

    @Test
    void passesFiveMegabytesChunkedBothWays() throws Exception {
        String body = letters(5_000_000);
        try (Backend backend =
                        new Backend((request, out) -> {
                            out.write(
                                    ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
                            out.write(ascii(chunked(request.body(), 70_001)));
                            return true;
                        });
                Socket socket = lab().serving(backend).connect()) {
            for (int round = 0; round < 2; round++) {
                write(
                        socket,
                        Lab.head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
                                + chunked(body, 33_333));
                assertThat(Lab.read(socket.getInputStream())).endsWith("\r\n\r\n" + body);
            }
        }
    }

    @Test
    void passesFiveMegabytesOfKnownLengthBothWays() throws Exception {
        String body = letters(5_000_000);
        try (Backend backend =
                        new Backend(
                                (request, out) -> Backend.respond(out, "200 OK", request.body()));
                Socket socket = lab().serving(backend).connect()) {
            write(
                    socket,
                    Lab.head("PUT / HTTP/1.1", "Host: a", "Content-Length: " + body.length())
                            + body);

            assertThat(Lab.read(socket.getInputStream())).endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void readsRequestAndResponseByteByByte() throws Exception {
        String response =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: 1\r\n\r\n";
        try (Backend backend =
                        new Backend((request, out) -> {
                            for (byte b : ascii(response)) {
                                out.write(b);
                                out.flush();
                            }
                            return true;
                        });
                Socket socket = lab().serving(backend).connect()) {
            for (byte b :
                    ascii(
                            Lab.head("POST /x HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
                                    + "2\r\nhi\r\n0\r\n\r\n")) {
                socket.getOutputStream().write(b);
            }

            assertThat(Lab.read(socket.getInputStream())).endsWith("\r\n\r\nabc");
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (Backend backend =
                new Backend((request, out) -> Backend.respond(out, "200 OK", request.path()))) {
            lab().serving(backend);
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                requests.append(Lab.head("GET /" + i + " HTTP/1.1", "Host: a"));
            }
            requests.append(Lab.head("GET /last HTTP/1.1", "Host: a", "Connection: close"));

            String all = lab().talk(requests.toString());

            int position = 0;
            for (int i = 0; i < 50; i++) {
                position = all.indexOf("\r\n\r\n/" + i, position);
                assertThat(position).as("response " + i).isPositive();
            }
            assertThat(all).endsWith("/last");
        }
    }

    @Test
    void knowsWhichResponsesHaveNoBody() throws Exception {
        try (Backend backend =
                        new Backend((request, out) -> {
                            String head =
                                    switch (request.path()) {
                                        case "/204" -> "HTTP/1.1 204 No Content\r\n\r\n";
                                        case "/304" ->
                                                "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n";
                                        case "/103" ->
                                                Lab.head("HTTP/1.1 103 Early Hints", "Link: x")
                                                        + Lab.head(
                                                                "HTTP/1.1 200 OK",
                                                                "Content-Length: 0");
                                        default -> "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
                                    };
                            out.write(ascii(head));
                            return true;
                        });
                Socket socket = lab().serving(backend).connect()) {
            for (String line :
                    new String[] {"HEAD / HTTP/1.1", "GET /204 HTTP/1.1", "GET /304 HTTP/1.1"}) {
                socket.getOutputStream().write(ascii(Lab.head(line, "Host: a")));
                assertThat(Backend.readHead(socket.getInputStream())).startsWith("HTTP/1.1 ");
            }
            socket.getOutputStream().write(ascii(Lab.head("GET /103 HTTP/1.1", "Host: a")));
            assertThat(Backend.readHead(socket.getInputStream())).contains("103").contains("Link");
            assertThat(Backend.readHead(socket.getInputStream())).contains("200 OK");
            assertThat(backend.connections).hasValue(1);
        }
    }

    @Test
    void answersExpectationsItself() throws Exception {
        try (Backend backend =
                        new Backend((request, out) ->
                                Backend.respond(
                                        out,
                                        "200 OK",
                                        request.body() + request.head().contains("Expect")));
                Socket socket = lab().serving(backend).connect()) {
            socket.getOutputStream()
                    .write(
                            ascii(
                                    Lab.head(
                                            "POST / HTTP/1.1",
                                            "Host: a",
                                            "Content-Length: 2",
                                            "Expect: 100-continue")));
            assertThat(Backend.readHead(socket.getInputStream()))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(ascii("ok"));

            assertThat(Lab.read(socket.getInputStream())).endsWith("okfalse");
        }
    }

    @Test
    void endsAResponseWithoutLengthByClosing() throws Exception {
        try (Backend backend =
                new Backend((request, out) -> {
                    out.write(ascii("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
                    return false;
                })) {
            lab().serving(backend);

            assertThat(lab().talk(Lab.head("GET / HTTP/1.1", "Host: a")))
                    .contains("connection: close\r\n")
                    .endsWith("\r\n\r\nuntil the end");
        }
    }

    @Test
    void refusesRandomBytesAndLivesOn() throws Exception {
        try (Backend backend = Backend.saying("alive")) {
            lab().serving(backend);
            Random random = new Random(7);
            for (int i = 0; i < 50; i++) {
                byte[] junk = new byte[1 + random.nextInt(5000)];
                random.nextBytes(junk);
                junk[0] |= (byte) 0x80;
                assertThat(lab().talk(new String(junk, StandardCharsets.ISO_8859_1)))
                        .startsWith("HTTP/1.1 400 Bad Request\r\n")
                        .contains("connection: close");
            }

            assertThat(lab().get("/")).endsWith("alive");
            assertThat(backend.requests).hasValue(1);
        }
    }

    @Test
    void refusesHeadsAboveTheLimit() throws Exception {
        try (Backend backend = Backend.saying("alive")) {
            lab().serving(backend);

            assertThat(
                            lab().talk(
                                            "GET / HTTP/1.1\r\nHost: a\r\nX: "
                                                    + letters(70_000)
                                                    + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ");
            assertThat(
                            lab().talk(
                                            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: "
                                                    + letters(50_000)
                                                    + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void timesOutAHeadThatDrips() throws Exception {
        HttpConnectionManager manager =
                Messages.manager(Lab.VS, "vs_7")
                        .setRequestHeadersTimeout(Messages.millis(200))
                        .build();
        try (Backend backend = Backend.saying("x");
                Socket socket = lab().serving(manager, backend).connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("GET / HTTP/1.1\r\nHost: "));
            Thread dripping =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (true) {
                                        out.write('a');
                                        Thread.sleep(20);
                                    }
                                } catch (IOException | InterruptedException e) {
                                    // closed at last
                                }
                            });

            assertThat(Backend.readHead(socket.getInputStream())).startsWith("HTTP/1.1 408 ");
            dripping.interrupt();
        }
    }

    @Test
    void answersAClientThatHasClosedItsSide() throws Exception {
        try (Backend backend = Backend.saying("late");
                Socket socket = lab().serving(backend).connect()) {
            socket.getOutputStream().write(ascii(Lab.head("GET / HTTP/1.1", "Host: a")));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("late");
        }
    }

    @Test
    void triesAgainOnceOnAStaleConnection() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        // the second request of a connection finds it closed before any byte of the answer
        try (Backend backend =
                        new Backend((request, out) ->
                                seen.incrementAndGet() != 2
                                        && Backend.respond(out, "200 OK", "fine"));
                Socket socket = lab().serving(backend).connect()) {
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(ascii(Lab.head("GET / HTTP/1.1", "Host: a")));
                assertThat(Lab.read(socket.getInputStream())).endsWith("fine");
            }

            assertThat(seen).hasValue(3);
            assertThat(lab().stat("envoy_cluster_upstream_rq_retry{envoy_cluster_name=\"tg_3\"}"))
                    .isEqualTo("1");
        }
    }

    @Test
    void leavesAnIdleConnectionBeforeTheEndpointClosesIt() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        // a second is too short to be safe, a minute is enough, two seconds are waited for one
        try (Backend backend =
                        new Backend((request, out) -> {
                            String timeout = request.path().substring(1);
                            out.write(ascii("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=" + timeout));
                            out.write(ascii(", max=9\r\nContent-Length: 1\r\n\r\nx"));
                            if (timeout.equals("2") && request.rest().read() < 0) {
                                left.countDown();
                            }
                            return true;
                        });
                Socket client = lab().serving(backend).connect()) {
            List<Integer> connections = new ArrayList<>();
            for (String timeout : List.of("1", "60", "60", "1", "60", "2")) {
                String head = Lab.head("GET /" + timeout + " HTTP/1.1", "Host: a");
                client.getOutputStream().write(ascii(head));
                Lab.read(client.getInputStream());
                connections.add(backend.connections.get());
            }

            assertThat(connections).containsExactly(1, 2, 2, 2, 3, 3);
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void answers503WhereNothingListensAnd502ForNonsense() throws Exception {
        Backend gone = Backend.saying("x");
        lab().serving(gone);
        gone.close();

        assertThat(lab().get("/")).startsWith("HTTP/1.1 503 ");
        try (Backend nonsense =
                new Backend((request, out) -> {
                    out.write(ascii("SMTP ready\r\n\r\n"));
                    return false;
                })) {
            lab().endpoints(nonsense);

            assertThat(lab().get("/")).startsWith("HTTP/1.1 502 ");
        }
        lab().endpoints();

        assertThat(lab().get("/")).startsWith("HTTP/1.1 503 ").endsWith("no healthy upstream");
    }

    @Test
    void answers504WhenTheEndpointTakesTooLong() throws Exception {
        try (Backend backend =
                new Backend((request, out) -> {
                    request.rest().read();
                    return false;
                })) {
            lab().serving(backend);
            var slow =
                    Messages.forward("/", Lab.TG).toBuilder()
                            .setRoute(
                                    Messages.forward("/", Lab.TG).getRoute().toBuilder()
                                            .setTimeout(Messages.millis(100)))
                            .build();
            lab().controller.put(Lab.VS, Messages.routes(Lab.VS, slow));

            assertThat(lab().get("/"))
                    .startsWith("HTTP/1.1 504 ")
                    .endsWith("upstream request timeout");
        }
    }

    @Test
    void tunnelsWebSockets() throws Exception {
        HttpConnectionManager manager =
                Messages.manager(Lab.VS, "vs_7")
                        .addUpgradeConfigs(
                                HttpConnectionManager.UpgradeConfig.newBuilder()
                                        .setUpgradeType("websocket"))
                        .build();
        try (Backend backend =
                        new Backend((request, out) -> {
                            assertThat(request.head()).contains("upgrade: websocket\r\n");
                            out.write(
                                    ascii(
                                            Lab.head(
                                                    "HTTP/1.1 101 Switching Protocols",
                                                    "Upgrade: websocket",
                                                    "Connection: Upgrade")));
                            InputStream in = request.rest();
                            for (int b = in.read(); b >= 0; b = in.read()) {
                                out.write(Character.toUpperCase(b));
                            }
                            return false;
                        });
                Socket socket = lab().serving(manager, backend).connect()) {
            socket.getOutputStream()
                    .write(
                            ascii(
                                    Lab.head(
                                            "GET /ws HTTP/1.1",
                                            "Host: a",
                                            "Connection: Upgrade",
                                            "Upgrade: websocket")));
            assertThat(Backend.readHead(socket.getInputStream()))
                    .startsWith("HTTP/1.1 101 ")
                    .contains("connection: upgrade");
            socket.getOutputStream().write(ascii("frames"));
            assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("FRAMES");
        }
    }

    @Test
    void answersBeforeTheWholeRequestCame() throws Exception {
        try (Backend backend =
                new Backend((request, out) -> Backend.respond(out, "200 OK", "never"))) {
            lab().serving(backend);
            lab().controller.put(Lab.VS, Messages.routes(Lab.VS));

            assertThat(
                            lab().talk(
                                            Lab.head(
                                                            "POST / HTTP/1.1",
                                                            "Host: a",
                                                            "Content-Length: 9000")
                                                    + "only a part"))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("connection: close");
        }
    }

    @Test
    void slowsTheEndpointDownForASlowClient() throws Exception {
        String body = letters(20_000_000);
        try (Backend backend = new Backend((request, out) -> Backend.respond(out, "200 OK", body));
                Socket socket = lab().serving(backend).connect()) {
            socket.getOutputStream().write(ascii(Lab.head("GET / HTTP/1.1", "Host: a")));
            Lab.eventually(() ->
                    !lab().stat("envoy_cluster_upstream_rq_active{envoy_cluster_name=\"tg_3\"}")
                            .equals("0"));

            assertThat(Lab.read(socket.getInputStream())).endsWith(body);
        }
    }
}
