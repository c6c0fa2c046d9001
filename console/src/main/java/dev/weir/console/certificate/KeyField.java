package dev.weir.console.certificate;

import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.Fields;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.model.Secret;

import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Takes a private key and shows it no more once it is whole.
///
/// Confined to the user interface's thread.
final class KeyField extends VBox {
    private final EditorViewModel<CertificateForm> model;
    private final TextArea area = new TextArea();
    private final HBox given;

    KeyField(
            EditorViewModel<CertificateForm> model,
            Fields<CertificateForm> fields,
            Messages messages) {
        this.model = model;
        Button clear =
                Buttons.plain(
                        Icons.CLOSE,
                        messages.text("certificate.key.clear"),
                        () -> model.edit("spec.privateKey", form -> form.withKey("")));
        clear.setId("clear-key");
        given =
                Boxes.row(
                        8,
                        Icons.OK.draw("muted-icon"),
                        Boxes.label(messages.text("certificate.key.given")),
                        Boxes.spring(),
                        clear);
        area.setId("spec.privateKey");
        area.getStyleClass().add("mono");
        area.setPrefRowCount(4);
        area.setAccessibleText(messages.text("certificate.key.pem").replace("_", ""));
        area.setPromptText(
                messages.text(
                        model.isNew()
                                ? "certificate.key.prompt"
                                : "certificate.key.prompt.stored"));
        area.textProperty()
                .addListener((_, _, typed) -> {
                    if (!fields.isShowing()) {
                        model.edit("spec.privateKey", form -> form.withKey(typed));
                        if (model.form().hidesKey()) {
                            clear.requestFocus();
                        }
                    }
                });
        area.managedProperty().bind(area.visibleProperty());
        given.managedProperty().bind(given.visibleProperty());
        getChildren().addAll(area, given);
        fields.onShow(this::show);
    }

    private void show() {
        boolean hides = model.form().hidesKey();
        Secret key = model.form().key();
        String text = hides || key == null ? "" : key.reveal();
        if (!text.equals(area.getText())) {
            area.setText(text);
        }
        area.setVisible(!hides);
        given.setVisible(hides);
    }
}
