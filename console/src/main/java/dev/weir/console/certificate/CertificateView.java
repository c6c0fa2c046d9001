package dev.weir.console.certificate;

import dev.weir.api.CertificateStatus;
import dev.weir.console.editing.PageSides;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Badge;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The page of a certificate: what it is for, until when, who uses it, and its replacement.
public final class CertificateView implements PageView {
    private static final Duration SOON = Duration.ofDays(30);

    private final CertificateViewModel model;
    private final InstantSource clock;
    private final Desk desk;
    private final Messages messages;
    private final VBox about = Boxes.column(12);
    private final PageSides sides;
    private final VBox content;
    private final InvalidationListener changed = _ -> show();

    /// @param fields of the model's editor
    public CertificateView(
            CertificateViewModel model, CertificateFields fields, InstantSource clock, Desk desk) {
        this.model = model;
        this.clock = clock;
        this.desk = desk;
        this.messages = desk.messages();
        about.getStyleClass().add("overview");
        sides =
                new PageSides(
                        messages.text("certificate.about"),
                        about,
                        model.editor(),
                        fields,
                        messages);
        VBox.setVgrow(sides, Priority.ALWAYS);
        Button delete = Buttons.danger(Icons.DELETE, messages.text("server.delete"), model::delete);
        delete.setId("delete");
        content =
                Boxes.column(
                        12,
                        Boxes.row(
                                8,
                                Icons.CERTIFICATE.draw("title-icon"),
                                Boxes.label(model.name(), "page-title"),
                                Boxes.spring(),
                                sides.choice(),
                                delete),
                        sides);
        content.getStyleClass().add("page");
        model.statusProperty().addListener(changed);
        model.failureProperty().addListener(changed);
        model.cluster().configurationProperty().addListener(changed);
        show();
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                action("certificate.replace", "Shortcut+E", sides::edit),
                action("action.save", "Shortcut+S", sides::save),
                action("action.undo-change", "Shortcut+Z", model.editor()::undo),
                action("server.delete", null, model::delete));
    }

    @Override
    public void close() {
        model.cluster().configurationProperty().removeListener(changed);
        sides.close();
        model.close();
    }

    private Action action(String key, @Nullable String shortcut, Runnable run) {
        return new Action(key, messages.text(key).replace("_", ""), shortcut, run);
    }

    private void show() {
        CertificateStatus status = model.statusProperty().get();
        about.getChildren().setAll(status == null ? untold() : told(status), usedBy());
    }

    private Node untold() {
        String why = model.failureProperty().get();
        return Boxes.paragraph(why.isEmpty() ? messages.text("certificate.unknown") : why, "muted");
    }

    private Node told(CertificateStatus status) {
        GridPane grid = new GridPane(16, 8);
        grid.getStyleClass().add("panel-body");
        row(grid, "certificate.subject", Boxes.label(status.subject(), "mono"));
        row(grid, "certificate.names", Boxes.paragraph(String.join(", ", status.names()), "mono"));
        row(grid, "certificate.issuer", Boxes.label(status.issuer(), "mono"));
        row(grid, "certificate.from", Boxes.label(messages.day(status.notBefore())));
        row(
                grid,
                "certificate.until",
                Boxes.row(
                        8,
                        Boxes.label(messages.day(status.notAfter())),
                        expiry(status.notAfter())));
        row(grid, "certificate.key", Boxes.label(status.keyType()));
        row(
                grid,
                "certificate.fingerprint",
                Boxes.paragraph(status.fingerprint(), "mono", "small"));
        Button replace =
                Buttons.plain(Icons.EDIT, messages.text("certificate.replace"), sides::edit);
        replace.setId("replace");
        return Boxes.panel(messages.text("certificate.about"), grid, replace);
    }

    private Badge expiry(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        if (left.isNegative()) {
            return new Badge(Icons.REJECTED, messages.text("certificate.expired"), Badge.Tone.BAD);
        }
        String words = messages.text("certificate.left", messages.duration(left));
        return left.compareTo(SOON) < 0
                ? new Badge(Icons.WARNING, words, Badge.Tone.CAREFUL)
                : new Badge(Icons.OK, words, Badge.Tone.GOOD);
    }

    private void row(GridPane grid, String key, Node value) {
        Label label = Boxes.label(messages.text(key), "muted");
        label.setMinWidth(140);
        grid.addRow(grid.getRowCount(), label, value);
    }

    private Node usedBy() {
        FlowPane links = new FlowPane(8, 4);
        links.getStyleClass().add("panel-body");
        List<String> users = model.users();
        for (String user : users) {
            Hyperlink link = new Hyperlink(user);
            link.setGraphic(Icons.VIRTUAL_SERVER.draw("tree-icon"));
            link.setOnAction(_ -> desk.open(serverPage(user)));
            links.getChildren().add(link);
        }
        if (users.isEmpty()) {
            links.getChildren().add(Boxes.label(messages.text("certificate.unused"), "muted"));
        }
        return Boxes.panel(messages.text("certificate.used-by"), links);
    }

    private Page serverPage(String server) {
        return new Page.Server(model.cluster().name(), server);
    }
}
