package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.Operation;
import dev.weir.model.OperationRunner;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Every way in which a profile cannot be had ends in its own reason.
final class GoProfileFailureTest {
    private static final Certificates CERTIFICATES = new Certificates();
    private static final String TOKEN = "s3cr3t-token-of-the-test";

    @TempDir private Path directory;
    private ArtifactStore store;
    private GoProfile act;

    @BeforeEach
    void openStore() throws Exception {
        store =
                new ArtifactStore(
                        directory,
                        new ArtifactStore.Limits(10 << 20, Duration.ofDays(1)),
                        InstantSource.system());
        act = act(store);
    }

    private static GoProfile act(ArtifactStore store) {
        PprofClient client =
                new PprofClient(
                        new PprofClient.Limits(
                                1 << 20, Duration.ofSeconds(2), Duration.ofMillis(500)));
        return new GoProfile(
                client,
                store,
                InstantSource.system(),
                new GoProfile.BusyRetry(3, Duration.ofMillis(1)));
    }

    @Test
    void namesAClosedPort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        assertFails("http://127.0.0.1:" + port, null, FailureReason.CONNECTION_REFUSED);
    }

    @Test
    void namesAHostWithoutAddress() {
        assertFails("http://no-such-host.invalid:1", null, FailureReason.UNKNOWN_HOST);
    }

    @Test
    void namesSilence() {
        try (FaultyServer server = FaultyServer.plain(_ -> Thread.sleep(3000))) {
            assertFails(server.url(), null, FailureReason.TIMEOUT);
        }
    }

    @Test
    void namesSilenceInTheMiddle() {
        try (FaultyServer server =
                FaultyServer.plain(out -> {
                    head(out, "Content-Length: 100000");
                    out.write(Profiles.packed());
                    out.flush();
                    Thread.sleep(3000);
                })) {
            assertFails(server.url(), null, FailureReason.TIMEOUT);
        }
    }

    @Test
    void namesAnUnknownAuthority() {
        try (FaultyServer server = secure(CERTIFICATES.valid())) {
            Credential other = credential(new Certificates().authorityPem(), server.url());
            assertFails(server.url(), other, FailureReason.TLS_UNKNOWN_AUTHORITY);
            assertFails(server.url(), null, FailureReason.TLS_UNKNOWN_AUTHORITY);
        }
    }

    @Test
    void namesAnExpiredCertificate() {
        try (FaultyServer server = secure(CERTIFICATES.expired())) {
            assertFails(server.url(), trusting(server), FailureReason.TLS_CERTIFICATE_EXPIRED);
        }
    }

    @Test
    void namesACertificateForAnotherName() {
        try (FaultyServer server = secure(CERTIFICATES.forAnotherName())) {
            assertFails(server.url(), trusting(server), FailureReason.TLS_HOSTNAME_MISMATCH);
        }
    }

    @Test
    void namesAPortThatDoesNotSpeakTls() {
        try (FaultyServer server = FaultyServer.greeting("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            String url = server.url().replace("http:", "https:");
            assertFails(url, null, FailureReason.TLS_HANDSHAKE_FAILED);
        }
    }

    @Test
    void namesARefusedTokenAndSaysWhatTheServerSaidWithoutTheToken() {
        try (FaultyServer server =
                FaultyServer.secure(
                        Certificates.server(CERTIFICATES.valid()),
                        FaultyServer.answer(401, "bad token " + TOKEN + "\nsecond line"))) {
            Diagnosis.Failure failure =
                    assertFails(server.url(), trusting(server), FailureReason.UNAUTHORIZED);
            assertThat(failure.message())
                    .contains("bad token (secret) second line", "renew the token")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void namesAForbiddenPage() {
        assertAnswer(403, "no", FailureReason.FORBIDDEN, "nonResourceURL /debug/pprof/*");
    }

    @Test
    void namesDisabledProfiling() {
        assertAnswer(404, "404 page not found", FailureReason.PROFILING_DISABLED, "--profiling");
    }

    @Test
    void namesADurationBeyondTheServersLimit() {
        assertAnswer(
                400,
                "profile duration exceeds server's WriteTimeout",
                FailureReason.DURATION_EXCEEDS_SERVER_LIMIT,
                "fewer seconds");
    }

    @Test
    void namesABusyProfilerAfterABoundedNumberOfAttempts() {
        try (FaultyServer server =
                FaultyServer.plain(
                        FaultyServer.answer(
                                500,
                                "Could not enable CPU profiling: cpu profiling already in use"))) {
            assertFails(server.url(), null, FailureReason.PROFILER_BUSY);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void namesAnUnexpectedStatus() {
        assertAnswer(503, "later", FailureReason.UNEXPECTED_STATUS, "503");
    }

    @Test
    void namesWhatIsNotHttp() {
        try (FaultyServer server =
                FaultyServer.plain(out -> out.write("220 mail ready\r\n".getBytes(UTF)))) {
            assertFails(server.url(), null, FailureReason.UNEXPECTED_STATUS);
        }
    }

    @Test
    void namesAnEmptyBody() {
        assertAnswer(200, "", FailureReason.EMPTY_PROFILE, "without a byte");
    }

    @Test
    void namesABodyThatIsNoProfile() {
        assertAnswer(200, "<html>login</html>", FailureReason.NOT_A_PROFILE, "<html>login");
    }

    @Test
    void namesAProfileThatIsCutOffInsideItsPacking() {
        byte[] cut = Arrays.copyOf(Profiles.packed(), Profiles.packed().length - 6);
        try (FaultyServer server = FaultyServer.plain(FaultyServer.answer(200, "", cut))) {
            assertFails(server.url(), null, FailureReason.NOT_A_PROFILE);
        }
    }

    @Test
    void stopsAnEndlessBodyAtTheCap() {
        try (FaultyServer server =
                FaultyServer.plain(out -> {
                    head(out, "Connection: close");
                    byte[] junk = new byte[1 << 16];
                    while (true) {
                        out.write(junk);
                    }
                })) {
            assertFails(server.url(), null, FailureReason.PROFILE_TOO_LARGE);
        }
    }

    @Test
    void namesAConnectionThatBreaksInTheMiddle() {
        try (FaultyServer server =
                FaultyServer.plain(out -> {
                    head(out, "Content-Length: 100000");
                    out.write(Profiles.packed());
                })) {
            assertFails(server.url(), null, FailureReason.CONNECTION_LOST);
        }
    }

    @Test
    void namesAConnectionThatBreaksBeforeTheAnswer() {
        try (FaultyServer server = FaultyServer.plain(_ -> {})) {
            assertFails(server.url(), null, FailureReason.CONNECTION_LOST);
        }
    }

    @Test
    void refusesLinkLocalAndMetadataAddresses() {
        for (String url :
                List.of(
                        "http://169.254.169.254",
                        "http://[fe80::1]:80",
                        "http://[::ffff:169.254.169.254]",
                        "http://2852039166",
                        "http://[::169.254.169.254]",
                        "http://[64:ff9b::a9fe:a9fe]",
                        "http://[2002:a9fe:a9fe::1]",
                        "http://[fd00:ec2::254]",
                        "http://0.0.0.0:80")) {
            assertFails(url, null, FailureReason.INVALID_PARAMETER);
        }
    }

    @Test
    void namesAFullStore() throws Exception {
        store =
                new ArtifactStore(
                        directory.resolve("small"),
                        new ArtifactStore.Limits(Profiles.packed().length - 1, Duration.ofDays(1)),
                        InstantSource.system());
        act = act(store);
        try (FaultyServer server = secure(CERTIFICATES.valid())) {
            assertFails(server.url(), trusting(server), FailureReason.QUOTA_EXCEEDED);
        }
    }

    @Test
    void cutsOffThePageThatAnAddressWasCopiedWith() {
        try (FaultyServer server = FaultyServer.plain(FaultyServer.answer(403, ""))) {
            for (String tail : List.of("", "/", "/debug/pprof", "/debug/pprof/heap")) {
                failure(server.url() + tail, null);
                assertThat(server.requests().getLast())
                        .startsWith("GET /debug/pprof/profile?seconds=1 HTTP/1.1");
            }
            failure(server.url() + "/api/x/debug/pprof/", null);
            assertThat(server.requests().getLast())
                    .startsWith("GET /api/x/debug/pprof/profile?seconds=1 HTTP/1.1");
        }
    }

    @Test
    void neverFollowsARedirect() {
        try (FaultyServer other = FaultyServer.plain(FaultyServer.answer(200, "hello"));
                FaultyServer server =
                        FaultyServer.secure(
                                Certificates.server(CERTIFICATES.valid()),
                                FaultyServer.answer(
                                        302, "Location: " + other.url() + "\r\n", new byte[0]))) {
            Diagnosis.Failure failure =
                    assertFails(server.url(), trusting(server), FailureReason.UNEXPECTED_STATUS);
            assertThat(failure.message()).contains(other.url(), "redirect");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void sendsTheTokenToItsOriginsAlone() {
        try (FaultyServer secure =
                        FaultyServer.secure(
                                Certificates.server(CERTIFICATES.valid()),
                                FaultyServer.answer(401, ""));
                FaultyServer plain = FaultyServer.plain(FaultyServer.answer(401, ""))) {
            failure(secure.url(), trusting(secure));
            assertThat(secure.requests().getLast()).contains("Authorization: Bearer " + TOKEN);

            Credential elsewhere = credential(CERTIFICATES.authorityPem(), "https://10.0.0.7:6443");
            Diagnosis.Failure failure = failure(secure.url(), elsewhere);
            assertThat(secure.requests().getLast()).doesNotContain("Authorization");
            assertThat(failure.message()).contains("was not sent", secure.url());

            failure(plain.url(), credential(null, "https://127.0.0.1:" + plain.port()));
            assertThat(plain.requests().getLast()).doesNotContain("Authorization");
        }
    }

    private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

    private static void head(OutputStream out, String header) throws java.io.IOException {
        out.write(("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n").getBytes(UTF));
    }

    private static FaultyServer secure(io.netty.pkitesting.X509Bundle bundle) {
        return FaultyServer.secure(
                Certificates.server(bundle), FaultyServer.answer(200, "", Profiles.packed()));
    }

    private static Credential trusting(FaultyServer server) {
        return credential(CERTIFICATES.authorityPem(), server.url());
    }

    private static Credential credential(@Nullable String caPem, String origin) {
        return new Credential("go", caPem, new Secret(TOKEN), List.of(origin));
    }

    private void assertAnswer(int status, String body, FailureReason reason, String message) {
        try (FaultyServer server = FaultyServer.plain(FaultyServer.answer(status, body))) {
            assertThat(assertFails(server.url(), null, reason).message()).contains(message);
        }
    }

    private Diagnosis.Failure assertFails(
            String url, @Nullable Credential credential, FailureReason reason) {
        Diagnosis.Failure failure = failure(url, credential);
        assertThat(failure.reason()).as(failure.message()).isEqualTo(reason);
        assertThat(store.list()).isEmpty();
        assertThat(store.bytes()).isZero();
        return failure;
    }

    private Diagnosis.Failure failure(String url, @Nullable Credential credential) {
        OperationRunner.Request request =
                new OperationRunner.Request(
                        "run",
                        Operation.Type.GO_PROFILE,
                        Map.of("url", url, "profile", "cpu", "seconds", "1"),
                        Duration.ofMinutes(1),
                        credential);
        return catchThrowableOfType(
                        OperationFailedException.class, () -> act.perform(request, _ -> {}))
                .failure();
    }
}
