package dev.weir.console.certificate;

import dev.weir.api.CertificateStatus;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Badge;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The page of a certificate: what it is for, until when, and who uses it.
public final class CertificateView implements PageView {
    private static final Duration SOON = Duration.ofDays(30);

    private final LiveCluster cluster;
    private final String name;
    private final InstantSource clock;
    private final Desk desk;
    private final Messages messages;
    private final VBox content = Boxes.column(12);

    public CertificateView(
            LiveCluster cluster,
            String name,
            AdminSession admin,
            Background background,
            InstantSource clock,
            Desk desk) {
        this.cluster = cluster;
        this.name = name;
        this.clock = clock;
        this.desk = desk;
        this.messages = desk.messages();
        content.getStyleClass().add("page");
        content.setMaxWidth(900);
        content.getChildren().setAll(head());
        background.run(
                () -> admin.certificate(cluster.name(), name),
                found ->
                        found.ifPresentOrElse(
                                this::show, () -> tell(messages.text("certificate.unknown"))),
                wrong -> tell(String.valueOf(wrong.getMessage())));
    }

    @Override
    public Node node() {
        return content;
    }

    private Node head() {
        return Boxes.row(8, Icons.CERTIFICATE.draw("title-icon"), Boxes.label(name, "page-title"));
    }

    private void tell(String words) {
        content.getChildren().setAll(head(), usedBy(), Boxes.paragraph(words, "muted"));
    }

    private void show(CertificateStatus status) {
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
        content.getChildren()
                .setAll(head(), Boxes.panel(messages.text("certificate.about"), grid), usedBy());
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
        List<String> users = cluster.configuration().usersOf(new Reference(Kind.CERTIFICATE, name));
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
        return new Page.Server(cluster.name(), server);
    }
}
