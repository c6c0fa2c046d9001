package dev.weir.console.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.CertificateStatus;
import dev.weir.console.ConsoleFixture;
import dev.weir.console.editing.Deletion;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.fake.RecordingDesk;
import dev.weir.console.fake.Samples;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.SessionException;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.model.Certificate;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

class CertificateEditTest {
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final RecordingDesk desk = new RecordingDesk();
    private final LiveCluster cluster = connected();

    @Test
    void aNewCertificateNeedsAChainThatCanBeReadAndAKey() {
        EditorViewModel<CertificateForm> editor = editor("");
        editor.edit("name", form -> form.withName("next"));
        editor.edit(
                "chain",
                form ->
                        form.withChain(
                                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"));
        assertThat(editor.problems())
                .extracting(Problem::path)
                .containsExactly("spec.chainPem", "spec.privateKey");

        editor.edit("chain", form -> form.withChain(Samples.NEXT_CHAIN));
        editor.edit("key", form -> form.withKey("-----BEGIN RSA PRIVATE KEY-----\n"));
        assertThat(editor.problems()).extracting(Problem::path).containsExactly("spec.privateKey");
        editor.edit("key", form -> form.withKey(Samples.KEY));
        assertThat(editor.problems()).isEmpty();
    }

    @Test
    void aKeyWithinTheChainBecomesTheKeyAndShowsNowhere() {
        EditorViewModel<CertificateForm> editor = editor("");
        editor.edit("chain", form -> form.withChain(Samples.NEXT_CHAIN + Samples.KEY));

        assertThat(editor.form().chain()).isEqualTo(Samples.NEXT_CHAIN);
        assertThat(editor.form().key()).isEqualTo(new Secret(Samples.KEY));
        assertThat(editor.form().hidesKey()).isTrue();
        assertThat(editor.form().toString()).doesNotContain("bm8ga2V5");
    }

    @Test
    void replacesChainAndKeyAfterAReviewAndBringsBothBack() {
        EditorViewModel<CertificateForm> editor = editor("lab-tls");
        CertificateViewModel model = model(editor);
        editor.edit("chain", form -> form.withChain(Samples.NEXT_CHAIN));
        editor.edit("key", form -> form.withKey(Samples.KEY.replace("bm8", "bm9")));
        editor.goOn();
        assertThat(editor.changes())
                .extracting(FieldChange::path)
                .containsExactly("spec.chainPem", "spec.privateKey");
        assertThat(editor.changes().getLast().after()).isEqualTo("(secret)");

        editor.goOn();
        assertThat(editor.form().key()).as("forgotten once it is sent").isNull();
        assertThat(Objects.requireNonNull(editor.baseProperty().get()).spec())
                .isEqualTo(new Certificate(Samples.NEXT_CHAIN, null));
        assertThat(stored().privateKey()).isEqualTo(new Secret(Samples.KEY.replace("bm8", "bm9")));
        assertThat(status(model).names()).contains("pay.example");

        editor.rollBack("undo");
        assertThat(stored()).isEqualTo(new Certificate(Samples.CHAIN, new Secret(Samples.KEY)));
        assertThat(status(model).names()).doesNotContain("pay.example");
    }

    @Test
    void anEmptyKeyKeepsTheStoredOne() {
        EditorViewModel<CertificateForm> editor = editor("lab-tls");
        editor.edit("chain", form -> form.withChain(Samples.NEXT_CHAIN));
        editor.goOn();
        editor.goOn();

        assertThat(stored())
                .isEqualTo(new Certificate(Samples.NEXT_CHAIN, new Secret(Samples.KEY)));
    }

    @Test
    void whatTheServerSaysOfTheKeyStandsAtTheKey() {
        EditorViewModel<CertificateForm> editor = editor("lab-tls");
        editor.edit("key", form -> form.withKey(Samples.KEY));
        Problem notItsKey = new Problem("spec.privateKey", "must be the key of the chain");
        fixture.admin.breakWith(
                new SessionException(
                        SessionException.Reason.INVALID, "is not valid", List.of(notItsKey)));
        editor.goOn();

        assertThat(editor.problems()).containsExactly(notItsKey);
    }

    @Test
    void readsChosenFilesAndSaysWhichOneHoldsNothing(@TempDir Path directory) throws Exception {
        EditorViewModel<CertificateForm> editor = editor("");
        PemFiles files = new PemFiles(editor, fixture.background, desk);
        files.readChain(Files.writeString(directory.resolve("chain.pem"), Samples.CHAIN));
        files.readKey(Files.writeString(directory.resolve("key.pem"), Samples.KEY));
        assertThat(editor.form().chain()).isEqualTo(Samples.CHAIN);
        assertThat(editor.form().hidesKey()).isTrue();

        files.readKey(Files.write(directory.resolve("key.der"), new byte[] {0x30, 0x01}));
        files.readChain(directory.resolve("absent.pem"));
        assertThat(desk.notices)
                .extracting(Notice::text)
                .satisfiesExactly(
                        first -> assertThat(first).contains("key.der"),
                        second -> assertThat(second).contains("absent.pem"));
        assertThat(editor.form().hidesKey()).isTrue();
    }

    @Test
    void deletesNothingThatIsUsed() {
        model(editor("lab-tls")).delete();

        assertThat(desk.questions).isEmpty();
        assertThat(desk.notices.getFirst().text()).contains("pay");
        assertThat(fixture.admin.now().certificates()).containsKey("lab-tls");
    }

    private CertificateViewModel model(EditorViewModel<CertificateForm> editor) {
        return new CertificateViewModel(
                editor,
                fixture.admin,
                fixture.background,
                new Deletion(cluster, fixture.admin, fixture.background, desk));
    }

    private EditorViewModel<CertificateForm> editor(String name) {
        return new EditorViewModel<>(
                Kind.CERTIFICATE,
                cluster.find(Kind.CERTIFICATE, name).orElse(null),
                CertificateForm.BLANK,
                CertificateForm.CODEC,
                cluster,
                fixture.admin,
                fixture.background);
    }

    private LiveCluster connected() {
        LiveSession session =
                new LiveSession(ConsoleFixture.ENDPOINT, fixture.admin, fixture.background);
        session.start();
        return session.cluster("lab").orElseThrow();
    }

    private Certificate stored() {
        return Objects.requireNonNull(fixture.admin.now().certificates().get("lab-tls")).spec();
    }

    private static CertificateStatus status(CertificateViewModel model) {
        return Objects.requireNonNull(model.statusProperty().get());
    }
}
