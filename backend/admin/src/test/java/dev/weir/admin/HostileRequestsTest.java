package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.admin.auth.Identity;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ProblemDetails;
import dev.weir.api.Trust;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Certificate;
import dev.weir.model.Credential;
import dev.weir.model.Draft;
import dev.weir.model.Secret;

import okhttp3.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class HostileRequestsTest {
    @TempDir Path directory;

    private RunningAdmin running;
    private WeirClient client;
    private Secret token;

    @BeforeEach
    void start() throws IOException {
        running = RunningAdmin.start(directory);
        client = running.client();
        token = running.admin().issueToken("admin", "raw");
        client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    @Test
    void answersHostileBodiesWithAProblemOfTheirOwn() throws Exception {
        List<byte[]> bodies = new ArrayList<>();
        for (String text :
                List.of(
                        "",
                        "null",
                        "[]",
                        "\"text\"",
                        "[".repeat(100_000),
                        "{\"spec\":".repeat(100_000),
                        "{\"kind\":\"node\",\"kind\":\"node\"}",
                        "{\"spec\":{\"targets\":[null]}}",
                        "{\"spec\":null}",
                        "{\"name\":1e99999,\"spec\":{}}",
                        "x".repeat(5 * 1024 * 1024),
                        "{\"spec\":{\"targets\":[{\"name\":\"" + "x".repeat(100_000) + "\"}]}}")) {
            bodies.add(text.getBytes(UTF_8));
        }
        Random random = new Random(5);
        for (int i = 0; i < 30; i++) {
            byte[] junk = new byte[random.nextInt(2000)];
            random.nextBytes(junk);
            bodies.add(junk);
        }
        for (byte[] body : bodies) {
            try (Response response =
                    RawRequests.send(
                            running,
                            token,
                            "PUT",
                            "/api/v1/clusters/lab/target-groups/web",
                            body)) {
                assertThat(response.code()).isIn(400, 413, 422);
                assertThat(response.header("X-Request-Id")).isEqualTo("test-1");
                JsonNode answer = Documents.STANDARD.json(response.body().bytes());
                ProblemDetails problem = Codec.read(answer, ProblemDetails.class, "problem");
                assertThat(problem.requestId()).isEqualTo("test-1");
                assertThat(answer.toString()).doesNotContain("Exception", "dev.weir", "java.");
            }
        }
        client.health();
    }

    @Test
    void refusesMalformedRequestsAndUnknownPathsInTheSameForm() throws Exception {
        for (String path : List.of("/nowhere", "/api/v1/clusters/lab/cheese", "/api/v1/%2e%2e/x")) {
            try (Response response = RawRequests.send(running, token, "GET", path, null)) {
                assertThat(response.code()).isIn(400, 404);
                assertThat(response.body().string()).doesNotContain("Exception", "\tat ");
            }
        }
        try (Response response =
                RawRequests.send(running, token, "DELETE", "/api/v1/health", null)) {
            assertThat(response.code()).isEqualTo(405);
            assertThat(response.header("Allow")).isEqualTo("GET");
        }
        Trust trust = Trust.of(running.admin().authority().certificatePem());
        for (String request :
                List.of(
                        "BOGUS\r\n\r\n",
                        "GET / HTTP/9.9\r\n\r\n",
                        "GET /\u0000 HTTP/1.1\r\n\r\n")) {
            try (Socket socket =
                    trust.context()
                            .getSocketFactory()
                            .createSocket("127.0.0.1", running.server().port())) {
                socket.setSoTimeout(5000);
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                assertThat(answer).doesNotContain("Exception", "\tat ", "io.helidon");
            } catch (IOException silence) {
                // closing without a word is an answer, too
            }
        }
        client.health();
    }

    @Test
    void asksForATagOnEveryReplacement() throws Exception {
        client.put("lab", Drafts.group("web"), WriteOptions.CREATE);
        byte[] body = Documents.toJson(Codec.write(Drafts.group("web")));
        String path = "/api/v1/clusters/lab/target-groups/web";
        try (Response response = RawRequests.send(running, token, "PUT", path, body)) {
            assertThat(response.code()).isEqualTo(428);
        }
        try (Response response = RawRequests.send(running, token, "DELETE", path, null)) {
            assertThat(response.code()).isEqualTo(428);
        }
        client.putCredential(new Credential("pay", null, null, List.of()));
        try (Response response =
                RawRequests.send(running, token, "DELETE", "/api/v1/credentials/pay", null)) {
            assertThat(response.code()).isEqualTo(428);
        }
        client.deleteCredential("pay");
    }

    @Test
    void neverTellsASecretInAnswersLogsOrFiles() throws Exception {
        List<String> logged = new ArrayList<>();
        Handler handler = new Collecting(logged);
        Logger.getLogger("").addHandler(handler);
        String everything = "";
        try {
            Identity identity = running.admin().authority().issue("shop", List.of("a.example"));
            client.put(
                    "lab",
                    Draft.of("shop", new Certificate(identity.chainPem(), identity.keyPem())),
                    WriteOptions.CREATE);
            client.putCredential(
                    new Credential(
                            "pay", null, new Secret("hush-token"), List.of("https://10.0.0.7:1")));
            client.putCredential(new Credential("pay", null, null, List.of("https://10.0.0.8:1")));
            assertThat(running.admin().diagnosisStore().credential("pay").orElseThrow().token())
                    .as("a write without token keeps the stored one")
                    .isEqualTo(new Secret("hush-token"));
            for (String path :
                    List.of(
                            "/credentials",
                            "/credentials/pay",
                            "/clusters/lab/certificates",
                            "/clusters/lab/revisions/2",
                            "/clusters/lab/revisions/2/diff",
                            "/audit-events")) {
                everything += RawRequests.get(running, token, "/api/v1" + path);
            }
            everything += client.export("lab");
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        everything += logged;
        for (Path file : List.of(directory.resolve("weir.db"), directory.resolve("weir.db-wal"))) {
            everything += new String(Files.readAllBytes(file), ISO_8859_1);
        }
        assertThat(everything)
                .contains("spec.privateKey", "10.0.0.8")
                .doesNotContain("hush-token", "BEGIN PRIVATE KEY", token.reveal());
        for (String file : List.of("vault.key", "ca.key")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void slowsGuessingDown() throws Exception {
        try (WeirClient stranger = new WeirClient(running.connection(null))) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                try {
                    stranger.login("admin", new Secret("guess " + i));
                } catch (dev.weir.api.ApiException refused) {
                    statuses.add(refused.status());
                }
            }
            assertThat(statuses).startsWith(401, 401, 401, 401, 401).contains(429);
        }
    }

    @Test
    void refusesToListenToOthersWithoutTls() throws Exception {
        InetAddress all = InetAddress.ofLiteral("0.0.0.0");
        assertThatThrownBy(() -> new Binding(all, 0, null))
                .hasMessageContaining("without TLS")
                .hasMessageContaining("bind 127.0.0.1");
    }

    /// Keeps what is logged.
    private static final class Collecting extends Handler {
        private final List<String> lines;

        Collecting(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            lines.add(entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
