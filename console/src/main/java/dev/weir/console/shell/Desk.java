package dev.weir.console.shell;

import dev.weir.console.session.Refusal;
import dev.weir.console.text.Messages;

import javafx.scene.Node;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

/// What a page may ask of the window around it. Confined to the user interface's thread.
public interface Desk {

    /// The texts of the language in use.
    Messages messages();

    /// Asks the operator before an act; `yes` runs where the answer is yes.
    void ask(Question question, Runnable yes);

    /// Shows a card over the page until it is dismissed; `focus` gets the keyboard.
    void show(Region card, Node focus);

    /// Takes the card away, as Esc does.
    void dismiss();

    /// Shows a short message that goes away by itself.
    void tell(Notice notice);

    /// Brings a page to the front, opening it where it is not open.
    void open(Page page);

    /// Closes a page.
    void close(Page page);

    /// A question before an act.
    ///
    /// @param act the word on the button that says yes
    /// @param typed what must be typed before yes is possible, or null
    record Question(
            String title, String text, String act, boolean dangerous, @Nullable String typed) {}

    /// A short message, with something to do about it or not.
    record Notice(Tone tone, String text, @Nullable Offer offer) {

        /// How the message is to be taken.
        public enum Tone {
            DONE,
            INFORMATION,
            FAILED
        }

        /// That something did not succeed.
        public static Notice failed(Exception why, Messages messages) {
            return new Notice(Tone.FAILED, Refusal.words(why, messages), null);
        }

        /// Something that the operator can do now, such as undo.
        public record Offer(String word, Runnable act) {}
    }
}
