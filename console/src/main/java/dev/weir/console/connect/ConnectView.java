package dev.weir.console.connect;

import dev.weir.console.settings.ConnectionProfile;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Field;
import dev.weir.console.widget.Icons;

import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The first page: the local lab, the saved connections, and a form for another.
public final class ConnectView {
    private final ConnectViewModel model;
    private final Messages messages;
    private final VBox saved = Boxes.column(8);
    private final VBox labCard = Boxes.column(8);
    private final ScrollPane scroll;
    private final Button connect;

    public ConnectView(ConnectViewModel model, Messages messages) {
        this.model = model;
        this.messages = messages;
        connect = Buttons.main(Icons.CONNECT, messages.text("connect.connect"), model::connect);
        connect.setId("connect-submit");
        connect.setDefaultButton(true);
        connect.disableProperty().bind(model.busyProperty());

        VBox head =
                Boxes.column(
                        4,
                        Boxes.label(messages.text("connect.title"), "page-title"),
                        Boxes.paragraph(messages.text("connect.subtitle"), "muted"));
        VBox left = Boxes.column(16, labCard, savedPanel());
        left.setPrefWidth(380);
        left.setMinWidth(300);
        VBox form = form();
        // no wider for its longest line, which wraps: the column beside it would shrink for it
        form.setPrefWidth(524);
        HBox.setHgrow(form, Priority.ALWAYS);
        HBox columns = new HBox(16, left, form);
        VBox content = Boxes.column(16, head, columns);
        content.getStyleClass().add("connect");
        content.setMaxWidth(920);
        HBox centred = new HBox(content);
        HBox.setHgrow(content, Priority.ALWAYS);
        centred.setAlignment(Pos.TOP_CENTER);
        scroll = new ScrollPane(centred);
        scroll.setFitToWidth(true);

        model.labProperty().addListener((_, _, _) -> showLab());
        model.profiles().addListener((ListChangeListener<ConnectionProfile>) _ -> showSaved());
        showLab();
        showSaved();
    }

    public Node node() {
        return scroll;
    }

    private void showLab() {
        RunningLab lab = model.labProperty().get();
        labCard.getStyleClass().setAll("panel", "lab-card");
        if (lab == null) {
            labCard.getChildren()
                    .setAll(
                            Boxes.row(
                                    8,
                                    Icons.LAB.draw("lab-icon"),
                                    Boxes.label(messages.text("connect.lab"), "panel-title")),
                            Boxes.paragraph(messages.text("connect.lab.absent"), "muted"),
                            Boxes.label("./weir lab", "mono", "command"));
            return;
        }
        Button open =
                Buttons.main(Icons.PLAY, messages.text("connect.lab.open"), model::connectToLab);
        open.setId("connect-lab");
        open.setMaxWidth(Double.MAX_VALUE);
        open.disableProperty().bind(model.busyProperty());
        labCard.getChildren()
                .setAll(
                        Boxes.row(
                                8,
                                Icons.LAB.draw("lab-icon"),
                                Boxes.label(messages.text("connect.lab"), "panel-title")),
                        Boxes.paragraph(messages.text("connect.lab.found"), "muted"),
                        Boxes.label(lab.admin().toString(), "mono"),
                        open);
    }

    private Node savedPanel() {
        saved.getStyleClass().add("panel-body");
        return Boxes.panel(messages.text("connect.saved"), saved);
    }

    private void showSaved() {
        if (model.profiles().isEmpty()) {
            saved.getChildren()
                    .setAll(Boxes.paragraph(messages.text("connect.saved.none"), "muted"));
            return;
        }
        saved.getChildren().setAll(model.profiles().stream().map(this::profile).toList());
    }

    private Node profile(ConnectionProfile profile) {
        Label address = Boxes.label(profile.admin().toString(), "mono", "muted");
        Button open =
                Buttons.plain(
                        Icons.CONNECT, messages.text("connect.open"), () -> model.connect(profile));
        open.disableProperty().bind(model.busyProperty());
        open.setId("open-saved");
        open.setMinWidth(Region.USE_PREF_SIZE);
        Button edit =
                Buttons.icon(
                        Icons.EDIT,
                        messages.text("connect.edit", profile.name()),
                        () -> model.fill(profile));
        Button forget =
                Buttons.icon(
                        Icons.DELETE,
                        messages.text("connect.forget", profile.name()),
                        () -> model.forget(profile));
        HBox row =
                Boxes.row(
                        4,
                        Boxes.column(0, Boxes.label(profile.name(), "strong"), address),
                        Boxes.spring(),
                        edit,
                        forget,
                        open);
        row.getStyleClass().add("saved-row");
        return row;
    }

    private VBox form() {
        TextField name = field(model.nameProperty(), messages.text("connect.name.prompt"));
        name.setId("connect-name");
        TextField address = field(model.addressProperty(), "https://127.0.0.1:8443");
        address.setId("connect-address");
        address.getStyleClass().add("mono");
        TextField authority = field(model.authorityProperty(), messages.text("connect.ca.prompt"));
        authority.setId("connect-authority");
        authority.getStyleClass().add("mono");
        PasswordField token = new PasswordField();
        token.setId("connect-token");
        token.textProperty().bindBidirectional(model.tokenProperty());
        token.setPromptText(messages.text("connect.token.prompt"));
        CheckBox remember = new CheckBox(messages.text("connect.remember"));
        remember.setWrapText(true);
        remember.setMinHeight(Region.USE_PREF_SIZE);
        remember.selectedProperty().bindBidirectional(model.rememberProperty());

        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(20, 20);
        busy.visibleProperty().bind(model.busyProperty());
        Button cancel = Buttons.plain(Icons.CLOSE, messages.text("dialog.cancel"), model::cancel);
        cancel.visibleProperty().bind(model.busyProperty());
        VBox body =
                Boxes.column(
                        12,
                        new Field(messages.text("connect.name"), name),
                        new Field(messages.text("connect.address"), address),
                        new Field(messages.text("connect.ca"), authority),
                        new Field(messages.text("connect.token"), token),
                        new SnmpFields(model.snmp(), messages).node(),
                        remember,
                        failure(),
                        Boxes.row(8, connect, cancel, busy));
        body.getStyleClass().add("panel-body");
        return Boxes.panel(messages.text("connect.other"), body);
    }

    private TextField field(StringProperty property, String prompt) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(property);
        field.setPromptText(prompt);
        return field;
    }

    private Node failure() {
        Label advice = Boxes.paragraph("", "strong");
        Label detail = Boxes.paragraph("", "mono", "small");
        detail.managedProperty().bind(detail.textProperty().isNotEmpty());
        VBox box =
                Boxes.column(4, Boxes.row(8, Icons.REJECTED.draw("problem-icon"), advice), detail);
        box.getStyleClass().add("trouble");
        box.setId("connect-failure");
        box.managedProperty().bind(box.visibleProperty());
        box.visibleProperty().bind(Bindings.isNotNull(model.failureProperty()));
        Runnable show =
                () -> {
                    var now = model.failureProperty().get();
                    advice.setText(
                            now == null ? "" : messages.text("connect.failed." + now.reason()));
                    detail.setText(now == null ? "" : now.detail());
                };
        model.failureProperty().addListener((_, _, _) -> show.run());
        show.run();
        return box;
    }
}
