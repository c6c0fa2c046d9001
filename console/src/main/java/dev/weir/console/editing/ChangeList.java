package dev.weir.console.editing;

import dev.weir.console.session.CertificateChain;
import dev.weir.console.session.FieldChange;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.model.Reference;
import dev.weir.model.Secret;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Fields before and after, one below the other, under the name of each resource.
public final class ChangeList {
    /// Letters of a path that fit into the pane.
    private static final int LINE = 38;

    private ChangeList() {}

    public static VBox of(List<FieldChange> changes, Messages messages) {
        VBox list = Boxes.column(8);
        list.getStyleClass().add("change-list");
        if (changes.isEmpty()) {
            list.getChildren().add(Boxes.paragraph(messages.text("review.nothing"), "muted"));
        }
        Reference last = null;
        for (FieldChange change : changes) {
            if (!change.resource().equals(last)) {
                last = change.resource();
                list.getChildren()
                        .add(Boxes.label(messages.word(last.kind()) + " " + last.name(), "strong"));
            }
            VBox field =
                    Boxes.column(
                            0, Boxes.paragraph(brief(change.path()), "mono", "small", "muted"));
            line(field, "−", words(change.before(), messages), "gone");
            line(field, "+", words(change.after(), messages), "come");
            field.getStyleClass().add("field-change");
            list.getChildren().add(field);
        }
        return list;
    }

    /// Nearly every path begins with `spec.`, which tells nothing. A long one breaks before a dot,
    /// not within a word.
    private static String brief(String path) {
        String telling = path.startsWith("spec.") ? path.substring("spec.".length()) : path;
        StringBuilder lines = new StringBuilder();
        int letters = 0;
        for (String part : telling.split("(?=\\.)", -1)) {
            if (letters > 0 && letters + part.length() > LINE) {
                lines.append('\n');
                letters = 0;
            }
            lines.append(part);
            letters += part.length();
        }
        return lines.toString();
    }

    /// What a chain of certificates says, in one line for each thing.
    public static String chain(CertificateChain chain, Messages messages) {
        return messages.text(
                "certificate.summary",
                chain.subject(),
                String.join(", ", chain.names()),
                chain.issuer(),
                messages.day(chain.notBefore()),
                messages.day(chain.notAfter()),
                messages.count(chain.length()));
    }

    /// A chain shows as what it says: nobody reads its letters.
    private static @Nullable String words(@Nullable String value, Messages messages) {
        if (value == null) {
            return null;
        }
        return value.equals(Secret.HIDDEN)
                ? messages.text("review.secret")
                : CertificateChain.read(value).map(it -> chain(it, messages)).orElse(value);
    }

    private static void line(VBox field, String sign, @Nullable String value, String styleClass) {
        if (value != null) {
            Label line = Boxes.paragraph(sign + " " + value, "mono", "change-line", styleClass);
            line.setMaxWidth(Double.MAX_VALUE);
            field.getChildren().add(line);
        }
    }
}
