package dev.weir.console.session;

import dev.weir.console.text.Failure;
import dev.weir.console.text.Messages;

/// What an operator is told of a refusal: its sort in the operator's language, then the server's
/// own words, which are English.
public final class Refusal {
    private Refusal() {}

    /// Both, one below the other; of any other exception its message alone.
    public static String words(Exception why, Messages messages) {
        return why instanceof SessionException refused
                ? headline(refused, messages) + "\n" + Failure.words(why)
                : Failure.words(why);
    }

    /// The sort of refusal.
    public static String headline(SessionException why, Messages messages) {
        return messages.text("refused." + why.reason());
    }
}
