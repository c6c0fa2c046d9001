package dev.weir.console.virtualserver;

import dev.weir.console.editing.EditorFields;
import dev.weir.console.editing.EditorPane;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.Fields;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Field;
import dev.weir.model.VirtualServer;

import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import org.controlsfx.control.CheckComboBox;

import java.util.ArrayList;
import java.util.List;

/// The fields of a virtual server with the review beside them.
///
/// Confined to the user interface's thread.
public final class ServerFields implements EditorFields {
    private final EditorViewModel<ServerForm> model;
    private final Messages messages;
    private final Fields<ServerForm> fields;
    private final RuleTable rules;
    private final EditorPane content;

    public ServerFields(EditorViewModel<ServerForm> model, Messages messages) {
        this.model = model;
        this.messages = messages;
        this.fields = new Fields<>(model);
        VBox listener = Boxes.panel(messages.text("server.listener"), listener());
        VBox tls = Boxes.panel(messages.text("server.tls"), tls());
        tls.managedProperty().bind(tls.visibleProperty());
        fields.onShow(
                () -> tls.setVisible(model.form().protocol() == VirtualServer.Protocol.HTTPS));
        rules = new RuleTable(model, messages);
        rules.getStyleClass().add("rules-body");
        VBox routing = Boxes.column(0, rules, fallback());
        routing.getStyleClass().add("panel");
        VBox form = Boxes.column(12, listener, tls, routing);
        content = new EditorPane(form, model, messages);
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public void close() {
        fields.close();
        rules.close();
        content.close();
    }

    private Node listener() {
        GridPane grid = Boxes.grid(34, 33, 33);
        int row = 0;
        if (model.isNew()) {
            grid.add(
                    fields.text(
                            messages.text("server.name"),
                            "name",
                            ServerForm::name,
                            ServerForm::withName,
                            "mono"),
                    0,
                    row);
            row++;
        }
        grid.add(
                fields.text(
                        messages.text("server.address"),
                        "spec.address",
                        ServerForm::address,
                        ServerForm::withAddress,
                        "mono"),
                0,
                row);
        grid.add(
                fields.text(
                        messages.text("server.port"),
                        "spec.port",
                        ServerForm::port,
                        ServerForm::withPort,
                        "mono",
                        "number"),
                1,
                row);
        grid.add(
                fields.choice(
                        messages.text("server.protocol"),
                        "spec.protocol",
                        _ -> List.of(VirtualServer.Protocol.values()),
                        VirtualServer.Protocol::name,
                        ServerForm::protocol,
                        ServerForm::withProtocol),
                2,
                row);
        row++;
        Field hostnames =
                fields.text(
                        messages.text("server.hostnames"),
                        "spec.hostnames",
                        ServerForm::hostnames,
                        ServerForm::withHostnames,
                        "mono");
        grid.add(hostnames.prompting(messages.text("server.hostnames.prompt")), 0, row);
        grid.add(
                fields.choice(
                        messages.text("server.admin-state"),
                        "spec.adminState",
                        _ -> List.of(VirtualServer.AdminState.values()),
                        messages::word,
                        ServerForm::adminState,
                        ServerForm::withAdminState),
                2,
                row);
        grid.add(
                fields.text(
                        messages.text("server.description"),
                        "description",
                        ServerForm::description,
                        ServerForm::withDescription),
                1,
                row);
        row++;
        grid.add(fields.labels(messages), 0, row, 3, 1);
        return grid;
    }

    private Node tls() {
        GridPane grid = Boxes.grid(67, 33);
        CheckComboBox<String> certificates = new CheckComboBox<>();
        certificates.setTitle(null);
        certificates
                .getCheckModel()
                .getCheckedItems()
                .addListener(
                        (ListChangeListener<String>)
                                _ -> {
                                    if (!fields.isShowing()) {
                                        List<String> chosen =
                                                new ArrayList<>(
                                                        certificates
                                                                .getCheckModel()
                                                                .getCheckedItems());
                                        model.edit(
                                                "spec.tls.certificates",
                                                form -> form.withCertificates(chosen));
                                    }
                                });
        fields.onShow(() -> {
            var known = List.copyOf(model.cluster().configuration().certificates().keySet());
            if (!known.equals(certificates.getItems())) {
                certificates.getItems().setAll(known);
            }
            if (!certificates
                    .getCheckModel()
                    .getCheckedItems()
                    .equals(model.form().certificates())) {
                certificates.getCheckModel().clearChecks();
                model.form()
                        .certificates()
                        .forEach(name -> certificates.getCheckModel().check(name));
            }
        });
        grid.add(
                fields.add(
                        messages.text("server.certificates"),
                        certificates,
                        "spec.tls.certificates",
                        "spec.tls"),
                0,
                0);
        grid.add(
                fields.choice(
                        messages.text("server.min-version"),
                        "spec.tls.minVersion",
                        _ -> List.of(VirtualServer.Tls.Version.values()),
                        messages::word,
                        ServerForm::minVersion,
                        ServerForm::withMinVersion),
                1,
                0);
        return grid;
    }

    private Node fallback() {
        GridPane grid = Boxes.grid(50, 50);
        grid.add(
                fields.choice(
                        messages.text("server.default-group"),
                        "spec.defaultTargetGroup",
                        _ -> {
                            List<String> groups = new ArrayList<>(List.of(""));
                            groups.addAll(model.cluster().configuration().targetGroups().keySet());
                            return groups;
                        },
                        name -> name.isEmpty() ? messages.text("server.no-default") : name,
                        ServerForm::defaultGroup,
                        ServerForm::withDefaultGroup),
                0,
                0);
        return grid;
    }
}
