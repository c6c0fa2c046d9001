package dev.weir.console.connect;

import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Field;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// The part of a connection's form that says how the nodes' SNMP agents are asked.
///
/// Confined to the user interface's thread.
final class SnmpFields {
    private final SnmpForm form;
    private final Messages messages;

    SnmpFields(SnmpForm form, Messages messages) {
        this.form = form;
        this.messages = messages;
    }

    Node node() {
        BooleanBinding byUser = Bindings.equal(form.versionProperty(), SnmpForm.Version.USER);
        Node community =
                line(
                        "connect-community",
                        new TextField(),
                        "connect.snmp",
                        "connect.snmp.prompt",
                        form.communityProperty());
        Node user =
                line(
                        "connect-snmp-user",
                        new TextField(),
                        "connect.snmp.user",
                        "",
                        form.userProperty());
        community.visibleProperty().bind(byUser.not());
        user.visibleProperty().bind(byUser);
        GridPane first = grid();
        first.add(new Field(messages.text("connect.snmp.version"), version()), 0, 0);
        first.add(community, 1, 0);
        first.add(user, 1, 0);
        GridPane second = grid();
        second.add(
                line(
                        "connect-snmp-authentication",
                        new PasswordField(),
                        "connect.snmp.authentication",
                        "connect.snmp.kept",
                        form.authenticationProperty()),
                0,
                0);
        second.add(
                line(
                        "connect-snmp-privacy",
                        new PasswordField(),
                        "connect.snmp.privacy",
                        "connect.snmp.kept",
                        form.privacyProperty()),
                1,
                0);
        second.visibleProperty().bind(byUser);
        second.managedProperty().bind(byUser);
        VBox box = Boxes.column(12, first, second);
        return box;
    }

    private static GridPane grid() {
        GridPane grid = Boxes.grid(50, 50);
        grid.getStyleClass().remove("panel-body");
        return grid;
    }

    private ComboBox<SnmpForm.Version> version() {
        ComboBox<SnmpForm.Version> choice = new ComboBox<>();
        choice.setId("connect-snmp-version");
        choice.getItems().setAll(SnmpForm.Version.values());
        choice.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(SnmpForm.Version version) {
                        return version == null ? "" : messages.text("connect.snmp." + version);
                    }

                    @Override
                    public SnmpForm.Version fromString(String text) {
                        throw new UnsupportedOperationException("SNMP version: is not typed");
                    }
                });
        choice.valueProperty().bindBidirectional(form.versionProperty());
        return choice;
    }

    private Field line(
            String id, TextField control, String label, String prompt, StringProperty property) {
        control.setId(id);
        control.textProperty().bindBidirectional(property);
        Field field = new Field(messages.text(label), control);
        return prompt.isEmpty() ? field : field.prompting(messages.text(prompt));
    }
}
