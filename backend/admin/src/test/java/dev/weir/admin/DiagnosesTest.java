package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.api.ApiException;
import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.api.Role;
import dev.weir.api.WeirClient;
import dev.weir.model.Diagnosis;
import dev.weir.model.Operation;
import dev.weir.model.Secret;

import okhttp3.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class DiagnosesTest {
    private static final String SHA256 = "ab".repeat(32);

    @TempDir Path directory;

    private RunningAdmin running;
    private WeirClient client;
    private StoredRuns runs;

    @BeforeEach
    void start() throws IOException {
        running = RunningAdmin.start(directory);
        client = running.client();
        runs = new StoredRuns(running.admin().diagnosisStore());
        running.admin().connect(runs);
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    @Test
    void startsOneDiagnosisForOneKeyAcrossARestart() throws IOException {
        Diagnosis first = client.diagnose(spec("shop"), "key-1");
        assertThat(client.diagnose(spec("shop"), "key-1")).isEqualTo(first);
        assertThat(client.diagnose(spec("shop"), "key-2").id()).isNotEqualTo(first.id());
        try (WeirClient other = running.client("otto", Role.OPERATOR)) {
            assertThat(other.diagnose(spec("shop"), "key-1").id())
                    .as("a key belongs to its user")
                    .isNotEqualTo(first.id());
        }
        stop();
        start();
        assertThat(client.diagnose(spec("shop"), "key-1")).isEqualTo(first);
        ApiException refused =
                catchThrowableOfType(
                        ApiException.class, () -> client.diagnose(spec("pay"), "key-1"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.details().type()).isEqualTo("/problems/key-reused");
        assertThat(refused).hasMessageContaining(first.id());
        assertThat(client.diagnoses(PageQuery.FIRST).items()).hasSize(3);
    }

    @Test
    void startsOneDiagnosisForManyRequestsOfOneKeyAtOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Set<String> ids = new HashSet<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Diagnosis>> answers = new ArrayList<>();
            for (int asker = 0; asker < 8; asker++) {
                answers.add(
                        askers.submit(() -> {
                            gate.await();
                            return client.diagnose(spec("shop"), "same");
                        }));
            }
            gate.countDown();
            for (Future<Diagnosis> answer : answers) {
                ids.add(answer.get().id());
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(client.diagnoses(PageQuery.FIRST).items()).hasSize(1);
    }

    @Test
    void cutsTheListIntoPartsAndFiltersIt() throws IOException {
        for (int i = 0; i < 5; i++) {
            client.diagnose(spec(i % 2 == 0 ? "shop" : "pay"), "key-" + i);
        }
        List<Diagnosis> seen = new ArrayList<>();
        PageQuery query = new PageQuery(2, null, "");
        Page<Diagnosis> part = client.diagnoses(query);
        seen.addAll(part.items());
        while (part.next() != null) {
            client.diagnose(spec("shop"), "meanwhile " + seen.size());
            part = client.diagnoses(query.after(part.next()));
            seen.addAll(part.items());
        }
        assertThat(seen).extracting(Diagnosis::createdAt).hasSize(5).doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(Diagnosis::createdAt)
                .isSortedAccordingTo((a, b) -> b.compareTo(a));

        assertThat(filtered("lab", "pay", null)).hasSize(2);
        assertThat(filtered("lab", null, Diagnosis.Phase.PENDING)).hasSize(7);
        assertThat(filtered("lab", null, Diagnosis.Phase.FAILED)).isEmpty();
        assertThat(filtered("other", null, null)).isEmpty();
    }

    private List<Diagnosis> filtered(String cluster, String virtualServer, Diagnosis.Phase phase)
            throws IOException {
        return client.diagnoses(cluster, virtualServer, phase, PageQuery.FIRST).items();
    }

    @Test
    void namesAPhaseAndACursorThatAreNone() throws Exception {
        Secret token = running.admin().issueToken("admin", "raw");
        for (String query : List.of("phase=finished", "cursor=yesterday", "limit=0")) {
            try (Response response =
                    RawRequests.send(running, token, "GET", "/api/v1/diagnoses?" + query, null)) {
                assertThat(response.code()).isEqualTo(400);
                assertThat(response.body().string()).contains(query.replaceAll("=.*", ": must be"));
            }
        }
    }

    @Test
    void sendsAnArtifactOnceToWhoKeepsIt() throws Exception {
        holdArtifact(1000);
        Secret token = running.admin().issueToken("admin", "raw");
        String path = "/api/v1/artifacts/" + SHA256;
        String tag = "\"" + SHA256 + "\"";
        try (Response whole = RawRequests.send(running, token, "GET", path, null)) {
            assertThat(whole.code()).isEqualTo(200);
            assertThat(whole.header("ETag")).isEqualTo(tag);
            assertThat(whole.header("Cache-Control")).contains("immutable", "private");
            assertThat(whole.body().bytes()).hasSize(1000);
        }
        Map<String, String> known = Map.of("If-None-Match", "\"other\", W/" + tag);
        try (Response none = RawRequests.send(running, token, path, known)) {
            assertThat(none.code()).isEqualTo(304);
            assertThat(none.header("ETag")).isEqualTo(tag);
            assertThat(none.body().bytes()).isEmpty();
        }
        assertThat(runs.opened).as("the node is asked once").hasValue(1);
        String other = "/api/v1/artifacts/" + "cd".repeat(32);
        try (Response missing =
                RawRequests.send(running, token, other, Map.of("If-None-Match", "*"))) {
            assertThat(missing.code()).isEqualTo(404);
        }
    }

    @Test
    void breaksTheTransferOffWhereTheNodeDoes() throws Exception {
        holdArtifact(400_000);
        runs.breaksAfter = 300_000;
        assertThatThrownBy(
                        () -> {
                            try (InputStream bytes = client.artifact(SHA256)) {
                                bytes.readAllBytes();
                            }
                        })
                .isInstanceOf(IOException.class);
        runs.breaksAfter = -1;
        try (InputStream bytes = client.artifact(SHA256)) {
            assertThat(bytes.readAllBytes()).hasSize(400_000);
        }
    }

    private void holdArtifact(int size) {
        runs.artifacts.put(SHA256, new byte[size]);
        Operation operation =
                new Operation("cpu", "", Operation.Type.PROXY_PROFILE, Map.of(), Duration.ZERO);
        Diagnosis.Step step =
                new Diagnosis.Step(
                        "cpu",
                        operation,
                        List.of(),
                        Diagnosis.StepState.SUCCEEDED,
                        "one-cpu-1",
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        List.of(new Diagnosis.Artifact("cpu.pb.gz", SHA256, size, "pprof")));
        Diagnosis.Status status =
                new Diagnosis.Status(
                        Diagnosis.Phase.SUCCEEDED,
                        List.of(step),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        false);
        assertThat(
                        running.admin()
                                .diagnosisStore()
                                .insert(
                                        new Diagnosis(
                                                "one",
                                                spec("shop"),
                                                status,
                                                "ann",
                                                Instant.EPOCH,
                                                1)))
                .isTrue();
    }

    private static Diagnosis.Spec spec(String virtualServer) {
        return new Diagnosis.Spec("set", "lab", "node", virtualServer, Map.of(), null, "slow");
    }
}
