package dev.weir.console.certificate;

import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.task.Background;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/// Reads chosen files into the fields of a certificate.
///
/// Confined to the user interface's thread.
final class PemFiles {
    /// No chain is larger; a file that is was chosen by mistake.
    private static final long LARGEST = 1024 * 1024;

    private final EditorViewModel<CertificateForm> editor;
    private final Background background;
    private final Desk desk;

    PemFiles(EditorViewModel<CertificateForm> editor, Background background, Desk desk) {
        this.editor = editor;
        this.background = background;
        this.desk = desk;
    }

    void readChain(Path file) {
        read(file, "spec.chainPem.file", CertificateForm::withChain);
    }

    void readKey(Path file) {
        read(file, "spec.privateKey.file", CertificateForm::withKey);
    }

    private void read(
            Path file, String step, BiFunction<CertificateForm, String, CertificateForm> set) {
        background.run(
                () ->
                        Files.size(file) > LARGEST
                                ? ""
                                : Files.readString(file, StandardCharsets.ISO_8859_1),
                text -> {
                    if (text.contains("-----BEGIN ")) {
                        editor.edit(step, form -> set.apply(form, text));
                    } else {
                        desk.tell(failed(file));
                    }
                },
                _ -> desk.tell(failed(file)));
    }

    private Notice failed(Path file) {
        return new Notice(
                Notice.Tone.FAILED,
                desk.messages().text("certificate.no-pem", String.valueOf(file.getFileName())),
                null);
    }
}
