package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;

class EmbeddedProxyTest {
    @Test
    void forwardsARequestAsTheControllerSays() throws Exception {
        try (Backend backend = Backend.echoingHeads();
                Lab lab = new Lab().serving(backend)) {
            String response =
                    lab.talk(
                            Lab.head(
                                    "GET /a?b=c HTTP/1.1",
                                    "Host: shop",
                                    "X-Kept: 1",
                                    "Connection: close, x-gone",
                                    "X-Gone: 2",
                                    "Keep-Alive: 3"));

            assertThat(response)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("connection: close\r\n")
                    .contains("GET /a?b=c HTTP/1.1\r\nHost: shop\r\nX-Kept: 1\r\n")
                    .contains("x-forwarded-for: 127.0.0.1\r\n")
                    .contains("x-forwarded-proto: http\r\n")
                    .containsPattern("x-request-id: [0-9a-f-]{36}\r\n")
                    .doesNotContain("X-Gone")
                    .doesNotContain("Keep-Alive");
        }
    }

    @Test
    void keepsConnectionsOnBothSides() throws Exception {
        try (Backend backend = Backend.saying("hello");
                Lab lab = new Lab().serving(backend);
                Socket socket = lab.connect()) {
            for (int i = 0; i < 100; i++) {
                socket.getOutputStream()
                        .write(
                                "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(Lab.read(socket.getInputStream())).endsWith("hello");
            }

            assertThat(backend.connections).hasValue(1);
            Lab.eventually(() ->
                    lab.stat(
                                    "envoy_http_downstream_rq_total"
                                            + "{envoy_http_conn_manager_prefix=\"vs_7\"}")
                            .equals("100"));
        }
    }
}
