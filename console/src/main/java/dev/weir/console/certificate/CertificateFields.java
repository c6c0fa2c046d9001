package dev.weir.console.certificate;

import dev.weir.console.editing.ChangeList;
import dev.weir.console.editing.EditorFields;
import dev.weir.console.editing.EditorPane;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.Fields;
import dev.weir.console.session.CertificateChain;
import dev.weir.console.shell.Desk;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The fields of a certificate, what its chain says, and the review beside them.
///
/// Confined to the user interface's thread.
public final class CertificateFields implements EditorFields {
    private final EditorViewModel<CertificateForm> model;
    private final Messages messages;
    private final Fields<CertificateForm> fields;
    private final Label summary = Boxes.paragraph("", "muted");
    private final EditorPane content;

    public CertificateFields(
            EditorViewModel<CertificateForm> model, Background background, Desk desk) {
        this.model = model;
        this.messages = desk.messages();
        this.fields = new Fields<>(model);
        PemFiles files = new PemFiles(model, background, desk);
        VBox form =
                Boxes.column(
                        12,
                        Boxes.panel(messages.text("certificate.about"), about()),
                        Boxes.panel(
                                messages.text("certificate.chain"),
                                chain(),
                                choose("choose-chain", files::readChain)),
                        Boxes.panel(
                                messages.text("certificate.private-key"),
                                key(),
                                choose("choose-key", files::readKey)));
        content = new EditorPane(form, model, messages);
        fields.onShow(this::summarize);
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public void close() {
        fields.close();
        content.close();
    }

    private Node about() {
        GridPane grid = model.isNew() ? Boxes.grid(34, 66) : Boxes.grid(100);
        if (model.isNew()) {
            grid.add(
                    fields.text(
                            messages.text("server.name"),
                            "name",
                            CertificateForm::name,
                            CertificateForm::withName,
                            "mono"),
                    0,
                    0);
        }
        grid.add(
                fields.text(
                        messages.text("server.description"),
                        "description",
                        CertificateForm::description,
                        CertificateForm::withDescription),
                model.isNew() ? 1 : 0,
                0);
        grid.add(fields.labels(messages), 0, 1, model.isNew() ? 2 : 1, 1);
        return grid;
    }

    private Node chain() {
        VBox body =
                Boxes.column(
                        8,
                        fields.area(
                                        messages.text("certificate.chain.pem"),
                                        "spec.chainPem",
                                        6,
                                        CertificateForm::chain,
                                        CertificateForm::withChain)
                                .prompting("-----BEGIN CERTIFICATE-----"),
                        summary);
        body.getStyleClass().add("panel-body");
        summary.setId("chain-summary");
        return body;
    }

    private Node key() {
        VBox body =
                Boxes.column(
                        8,
                        fields.add(
                                messages.text("certificate.key.pem"),
                                new KeyField(model, fields, messages),
                                "spec.privateKey"),
                        Boxes.paragraph(messages.text("certificate.key.advice"), "small", "muted"));
        body.getStyleClass().add("panel-body");
        return body;
    }

    private Button choose(String id, Consumer<Path> read) {
        Button button =
                Buttons.plain(
                        Icons.FOLDER,
                        messages.text("certificate.choose"),
                        () -> {
                            File chosen =
                                    new FileChooser()
                                            .showOpenDialog(summary.getScene().getWindow());
                            if (chosen != null) {
                                read.accept(chosen.toPath());
                            }
                        });
        button.setId(id);
        return button;
    }

    private void summarize() {
        String chain = model.form().chain();
        summary.setText(
                CertificateChain.read(chain)
                        .map(it -> ChangeList.chain(it, messages))
                        .orElse(messages.text("certificate.chain.none")));
    }
}
