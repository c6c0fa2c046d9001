package dev.weir.console.shell;

import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Icons;
import dev.weir.console.widget.Layers;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import java.util.Locale;

/// Asks and tells in the window's layers.
final class DeskView implements Desk {
    private static final Duration SHORT = Duration.seconds(6);
    private static final Duration LONG = Duration.seconds(20);

    private final Layers layers;
    private final Messages messages;
    private final ShellViewModel model;

    DeskView(Layers layers, Messages messages, ShellViewModel model) {
        this.layers = layers;
        this.messages = messages;
        this.model = model;
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public void open(Page page) {
        model.open(page);
    }

    @Override
    public void close(Page page) {
        model.close(page);
    }

    @Override
    public void ask(Question question, Runnable yes) {
        Runnable act =
                () -> {
                    layers.dismiss();
                    yes.run();
                };
        Button confirm =
                question.dangerous()
                        ? Buttons.danger(Icons.WARNING, question.act(), act)
                        : Buttons.main(Icons.OK, question.act(), act);
        confirm.setId("dialog-yes");
        Button cancel = Buttons.plain(Icons.CLOSE, messages.text("dialog.cancel"), layers::dismiss);
        cancel.setCancelButton(true);
        VBox card =
                Boxes.column(
                        12,
                        Boxes.label(question.title(), "dialog-title"),
                        Boxes.paragraph(question.text()));
        card.setPrefWidth(460);
        card.getStyleClass().add("dialog");
        Node focus = question.dangerous() ? cancel : confirm;
        String typed = question.typed();
        if (typed != null) {
            TextField field = new TextField();
            field.setId("dialog-typed");
            Label words = Boxes.paragraph(messages.text("dialog.type", typed), "strong");
            words.setLabelFor(field);
            confirm.disableProperty().bind(field.textProperty().isNotEqualTo(typed));
            card.getChildren().addAll(words, field);
            focus = field;
        }
        HBox buttons = Boxes.row(8, Boxes.spring(), cancel, confirm);
        card.getChildren().add(buttons);
        layers.show(card, Pos.CENTER, focus);
    }

    @Override
    public void show(Region card, Node focus) {
        layers.show(card, Pos.CENTER, focus);
    }

    @Override
    public void dismiss() {
        layers.dismiss();
    }

    @Override
    public void tell(Notice notice) {
        Icons icon =
                switch (notice.tone()) {
                    case DONE -> Icons.OK;
                    case INFORMATION -> Icons.INFO;
                    case FAILED -> Icons.REJECTED;
                };
        Label words = Boxes.paragraph(notice.text());
        words.setMaxWidth(380);
        HBox card = Boxes.row(8, icon.draw("notice-icon"), words);
        card.getStyleClass()
                .addAll("notice", "notice-" + notice.tone().name().toLowerCase(Locale.ROOT));
        Notice.Offer offer = notice.offer();
        if (offer != null) {
            Button button =
                    Buttons.plain(
                            Icons.UNDO,
                            offer.word(),
                            () -> {
                                layers.untell(card);
                                offer.act().run();
                            });
            button.setMinWidth(Region.USE_PREF_SIZE);
            card.getChildren().add(button);
        }
        card.getChildren()
                .add(
                        Buttons.icon(
                                Icons.CLOSE,
                                messages.text("dialog.close"),
                                () -> layers.untell(card)));
        layers.tell(card, notice.tone() == Notice.Tone.FAILED || offer != null ? LONG : SHORT);
    }
}
