package dev.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.Trust;
import dev.weir.model.Diagnosis;
import dev.weir.model.OperationRunner;
import dev.weir.model.Secret;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import javax.net.ssl.SSLContext;

/// Who gets in at the agent's door, and what junk meets there.
final class AgentServerTest {
    private static final String TOKEN = "agent-token";
    private static final String OPERATION = "/api/v1/operations/run-1";
    private static final String BROKEN = "bb".repeat(32);
    private static SSLContext tls;
    private static AgentServer server;
    private static OkHttpClient http = new OkHttpClient();

    @BeforeAll
    static void start() throws Exception {
        X509Bundle certificate =
                new CertificateBuilder()
                        .subject("CN=agent")
                        .addSanIpAddress("127.0.0.1")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        tls = SSLContext.getInstance("TLS");
        tls.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        server =
                new AgentServer(
                                AgentServer.Settings.loopback(tls, new Secret(TOKEN)),
                                new Answering(),
                                List::of)
                        .start();
        Trust trust = Trust.of(certificate.getCertificatePEM());
        http =
                http.newBuilder()
                        .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
                        .build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsAnybodyThatItIsHealthy() throws Exception {
        assertHealthy();
    }

    private static void assertHealthy() throws IOException {
        try (Response response = http.newCall(request("/api/v1/health", "")).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/jvms",
                "/api/v1/operations/run-1",
                "/api/v1/artifacts/00",
                "/api/v1/health/",
                "/unknown"
            })
    void letsNobodyInWithoutTheToken(String path) throws Exception {
        for (String token : List.of("", "wrong", TOKEN + "x")) {
            try (Response response = http.newCall(request(path, token)).execute()) {
                assertThat(response.code()).as(path).isIn(401, 404);
                if (!path.endsWith("/")) {
                    assertThat(response.code()).as(path).isEqualTo(401);
                }
                assertThat(response.body().string()).doesNotContain("agent-token");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"runId\":\"run-1\"}",
                "{\"runId\":\"run-1\",\"type\":\"dance\",\"parameters\":{},\"timeout\":\"1s\"}",
                "{\"runId\":\"run-2\",\"type\":\"jvmProfile\",\"parameters\":{},\"timeout\":\"1s\"}",
                "{\"runId\":\"run-1\",\"typ\":\"jvmProfile\",\"parameters\":{},\"timeout\":\"1s\"}"
            })
    void refusesDocumentsThatAreNoOperation(String body) throws Exception {
        assertThat(put(body.getBytes(StandardCharsets.UTF_8))).startsWith("400");
    }

    @Test
    void refusesDeepAndHugeAndRandomDocuments() throws Exception {
        Random random = new Random(7);
        byte[] junk = new byte[4096];
        random.nextBytes(junk);
        assertThat(put(junk)).startsWith("400");
        assertThat(put("[".repeat(100_000).getBytes(StandardCharsets.UTF_8))).startsWith("400");
        assertThat(put(new byte[2 << 20])).startsWith("4");
    }

    @Test
    void hidesWhatFailsInside() throws Exception {
        try (Response response =
                http.newCall(request("/api/v1/operations/defect", TOKEN)).execute()) {
            assertThat(response.code()).isEqualTo(500);
            assertThat(response.body().string())
                    .contains("the agent's log says why")
                    .doesNotContain("Exception", "secret detail", "at dev.weir");
        }
    }

    @Test
    void cutsAnArtifactThatBreaksOffInsteadOfEndingIt() {
        assertThatThrownBy(
                        () -> {
                            try (Response response =
                                    http.newCall(request("/api/v1/artifacts/" + BROKEN, TOKEN))
                                            .execute()) {
                                response.body().bytes();
                            }
                        })
                .isInstanceOf(IOException.class);
    }

    @Test
    void survivesRandomBytesWithoutTls() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                byte[] junk = new byte[random.nextInt(2000)];
                random.nextBytes(junk);
                socket.getOutputStream().write(junk);
            }
        }
        assertHealthy();
    }

    @Test
    void namesAPortThatIsTaken() {
        AgentServer.Settings taken =
                new AgentServer.Settings(
                        InetAddress.getLoopbackAddress(), server.port(), tls, new Secret(TOKEN));
        try (AgentServer second = new AgentServer(taken, new Answering(), List::of)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("agent: cannot listen on")
                    .hasMessageContaining("choose another port");
        }
    }

    private static okhttp3.Request request(String path, String token) {
        okhttp3.Request.Builder request =
                new okhttp3.Request.Builder().url("https://127.0.0.1:" + server.port() + path);
        return token.isEmpty()
                ? request.build()
                : request.header("Authorization", "Bearer " + token).build();
    }

    private static String put(byte[] body) throws IOException {
        okhttp3.Request request =
                request(OPERATION, TOKEN)
                        .newBuilder()
                        .put(RequestBody.create(body, MediaType.get("application/json")))
                        .build();
        try (Response response = http.newCall(request).execute()) {
            String said = response.body().string();
            assertThat(said).doesNotContain("Exception", "\tat ");
            return response.code() + " " + said;
        }
    }

    /// Knows no run, breaks one artifact off and has one defect.
    private static final class Answering implements OperationRunner {
        @Override
        public Observation start(OperationRunner.Request request) {
            return new Observation(
                    request.runId(), Diagnosis.StepState.RUNNING, 0, null, List.of());
        }

        @Override
        public Optional<Observation> observe(String runId) {
            if (runId.equals("defect")) {
                throw new IllegalStateException("secret detail");
            }
            return Optional.empty();
        }

        @Override
        public void cancel(String runId) {}

        @Override
        public Optional<InputStream> open(String sha256) {
            return sha256.equals(BROKEN) ? Optional.of(new BreakingOff()) : Optional.empty();
        }
    }

    /// Breaks after more bytes than any buffer holds.
    private static final class BreakingOff extends InputStream {
        private int left = 1 << 20;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            var _ = read(one, 0, 1);
            return one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("disk broke");
            }
            left -= length;
            return length;
        }
    }
}
