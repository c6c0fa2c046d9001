package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.Secret;
import dev.weir.profile.CallTree;
import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;
import dev.weir.profile.SampleType;
import dev.weir.profile.TopTable;
import dev.weir.testkit.GoTool;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// From `POST /diagnoses` to a call tree: a real Go program behind TLS and a token, the JVM, and
/// the proxy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiagnosisTest {
    private static final String TOKEN = "a-token-for-the-program";

    @TempDir static Path directory;

    private GoTool go;
    private Process program;
    private String url = "";
    private Lab lab;
    private Site site;

    @BeforeAll
    void start() throws Exception {
        go = GoTool.require(directory);
        Path binary = directory.resolve("pprofserver");
        go.build(Path.of("../agent/src/test/go/pprofserver"), binary);
        X509Bundle authority =
                new CertificateBuilder()
                        .subject("CN=Test authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        X509Bundle certificate =
                new CertificateBuilder()
                        .subject("CN=Test server")
                        .addSanIpAddress("127.0.0.1")
                        .buildIssuedBy(authority);
        program =
                new ProcessBuilder(
                                binary.toString(),
                                "-token=" + TOKEN,
                                "-certificate="
                                        + Files.writeString(
                                                directory.resolve("pem"),
                                                certificate.getCertificatePathPEM()),
                                "-key="
                                        + Files.writeString(
                                                directory.resolve("key"),
                                                certificate.getPrivateKeyPEM()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        url =
                "https://"
                        + new BufferedReader(
                                        new InputStreamReader(
                                                program.getInputStream(), StandardCharsets.UTF_8))
                                .readLine();
        lab = Lab.start(directory, "--traffic", "gentle");
        site = new Site(lab);
        site.client()
                .putCredential(
                        new Credential(
                                "program",
                                authority.getCertificatePEM(),
                                new Secret(TOKEN),
                                List.of(url)));
        site.client()
                .putCredential(
                        new Credential(
                                "stranger",
                                authority.getCertificatePEM(),
                                new Secret("wrong"),
                                List.of(url)));
    }

    @AfterAll
    void stop() {
        if (program != null) {
            program.destroyForcibly();
        }
        if (site != null) {
            site.close();
            lab.close();
        }
    }

    @Test
    void countsEveryFunctionOfARealProgramAsPprofDoes() throws Exception {
        Diagnosis ended = run("go-profile", Map.of("url", url, "seconds", "2"), "program");

        assertThat(ended.status().phase())
                .as(ended.toString())
                .isEqualTo(Diagnosis.Phase.SUCCEEDED);
        assertThat(ended.status().steps()).hasSize(3);
        for (Diagnosis.Step step : ended.status().steps()) {
            Path file = download(step.artifacts().getFirst());
            Profile profile = ProfileReader.read(file, Limits.DEFAULT);
            for (int type = 0; type < profile.sampleTypes().size(); type++) {
                SampleType sampleType = profile.sampleTypes().get(type);
                Map<String, GoTool.Cost> counted = new HashMap<>();
                for (TopTable.Row row : TopTable.of(CallTree.of(profile, type)).rows()) {
                    counted.put(row.name(), new GoTool.Cost(row.flat(), row.cum()));
                }
                assertThat(counted)
                        .as("%s %s", step.name(), sampleType)
                        .isNotEmpty()
                        .isEqualTo(go.top(file, sampleType.name(), sampleType.unit()));
            }
        }
    }

    @Test
    void namesTheReasonWhereTheTargetRefuses() throws Exception {
        Diagnosis wrongToken = run("go-profile", Map.of("url", url, "seconds", "1"), "stranger");
        Diagnosis noAuthority = run("go-profile", Map.of("url", url, "seconds", "1"), null);
        Diagnosis closed =
                run(
                        "go-profile",
                        Map.of("url", "http://127.0.0.1:" + Site.freePort(), "seconds", "1"),
                        null);

        assertThat(reasons(wrongToken)).containsOnly(FailureReason.UNAUTHORIZED);
        assertThat(reasons(noAuthority)).containsOnly(FailureReason.TLS_UNKNOWN_AUTHORITY);
        assertThat(reasons(closed)).containsOnly(FailureReason.CONNECTION_REFUSED);
        assertThat(wrongToken.toString()).doesNotContain("wrong\"");
    }

    @Test
    void recordsTheJvmAndTheProxy() throws Exception {
        for (String set : List.of("jvm-profile", "proxy-profile")) {
            Diagnosis ended = run(set, Map.of("seconds", "2"), null);

            assertThat(ended.status().phase())
                    .as(ended.toString())
                    .isEqualTo(Diagnosis.Phase.SUCCEEDED);
            Path file = download(ended.status().steps().getFirst().artifacts().getFirst());
            assertThat(ProfileReader.read(file, Limits.DEFAULT).sampleTypes()).isNotEmpty();
        }
    }

    private Diagnosis run(
            String operationSet, Map<String, String> parameters, @Nullable String credential)
            throws Exception {
        Diagnosis started =
                site.client()
                        .diagnose(
                                new Diagnosis.Spec(
                                        operationSet,
                                        Site.CLUSTER,
                                        "lab-1",
                                        "shop",
                                        parameters,
                                        credential,
                                        "e2e"),
                                UUID.randomUUID().toString());
        Site.await(
                "the diagnosis ends",
                () -> site.client().diagnosis(started.id()).status().phase().isFinal());
        return site.client().diagnosis(started.id());
    }

    private Path download(Diagnosis.Artifact artifact) throws Exception {
        Path file = directory.resolve(artifact.sha256());
        try (InputStream bytes = site.client().artifact(artifact.sha256())) {
            Files.copy(bytes, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(Files.size(file)).isEqualTo(artifact.bytes());
        return file;
    }

    private static List<FailureReason> reasons(Diagnosis diagnosis) {
        assertThat(diagnosis.status().phase()).isEqualTo(Diagnosis.Phase.FAILED);
        return diagnosis.status().steps().stream()
                .map(Diagnosis.Step::failure)
                .map(failure -> failure == null ? FailureReason.INTERNAL : failure.reason())
                .toList();
    }
}
