package dev.weir.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.weir.model.Diagnosis;
import dev.weir.model.Problem;
import dev.weir.model.Rollout;
import dev.weir.model.Secret;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What a server answers becomes what an operator can do about it.
class RestSessionTest {
    private static final String NOTHING = "{\"items\":[]}";

    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = NOTHING;
    private volatile String authorization = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void provesTheTokenBeforeItIsOpen() throws Exception {
        try (AdminSession session = RestSession.open(endpoint(null))) {
            assertThat(authorization).isEqualTo("Bearer secret");
            assertThat(session.clusters()).isEmpty();
        }
    }

    @Test
    void tellsRefusalsApart() throws Exception {
        refuse(401, "the token is unknown; log in again");
        assertThat(refusal(null).reason()).isEqualTo(SessionException.Reason.UNAUTHORIZED);
        assertThat(refusal(null)).hasMessage("the token is unknown; log in again");
        refuse(403, "no");
        assertThat(refusal(null).reason()).isEqualTo(SessionException.Reason.FORBIDDEN);
        refuse(412, "no");
        assertThat(refusal(null).reason()).isEqualTo(SessionException.Reason.CONFLICT);
        refuse(422, "no");
        assertThat(refusal(null).reason()).isEqualTo(SessionException.Reason.INVALID);
        assertThat(refusal(null).problems())
                .containsExactly(new Problem("spec.port", "must be between 1 and 65535, is 0"));
        refuse(503, "no");
        assertThat(refusal(null).reason()).isEqualTo(SessionException.Reason.OTHER);
    }

    @Test
    void tellsSilenceFromMistrust(@TempDir Path directory) throws Exception {
        Path junk = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        assertThat(refusal(junk).reason()).isEqualTo(SessionException.Reason.UNTRUSTED);

        server.stop(0);
        assertThat(refusal(null).reason()).isEqualTo(SessionException.Reason.UNREACHABLE);
    }

    @Test
    void followsEventsThroughTheServersSignsOfLife() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (AdminSession session = RestSession.open(endpoint(null));
                Subscription _ = session.events(listener(heard))) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("opened");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("committed lab 0");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).startsWith("lost");
        }
    }

    private SessionEvents listener(BlockingQueue<String> heard) {
        return new SessionEvents() {
            @Override
            public void opened() {
                heard.add("opened");
            }

            @Override
            public void committed(String cluster, long revision) {
                heard.add("committed " + cluster + " " + revision);
            }

            @Override
            public void rolledOut(Rollout rollout) {
                heard.add("rolled out");
            }

            @Override
            public void diagnosed(Diagnosis diagnosis) {
                heard.add("diagnosed");
            }

            @Override
            public void lost(SessionException why) {
                heard.add("lost " + why.getMessage());
            }
        };
    }

    private SessionException refusal(@Nullable Path authority) {
        return catchThrowableOfType(
                SessionException.class, () -> RestSession.open(endpoint(authority)));
    }

    private void refuse(int code, String detail) {
        status = code;
        body =
                """
                {"type":"/problems/x","title":"X","status":%d,"detail":"%s","instance":"/","requestId":"r",
                 "errors":[{"path":"spec.port","message":"must be between 1 and 65535, is 0"}]}
                """
                        .formatted(code, detail);
    }

    private Endpoint endpoint(@Nullable Path authority) {
        return new Endpoint(
                "lab",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                authority,
                new Secret("secret"),
                null);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean events = exchange.getRequestURI().getPath().endsWith("/events");
            String text =
                    events
                            ? """
                            event: hello
                            data: {"complete":true}

                            : still here
                            data:

                            event: clusterDeleted
                            data: {"cluster":"lab"}

                            """
                            : body;
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            events
                                    ? "text/event-stream"
                                    : status == 200
                                            ? "application/json"
                                            : "application/problem+json");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(events ? 200 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
