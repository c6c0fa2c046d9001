package dev.weir.agent.operation;

import dev.weir.model.Credential;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// Makes a text from a stranger fit for a message: short, on one line, without secrets.
final class ServerText {
    private static final int MAX = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{Print}\\p{L}\\p{N}]+");
    private static final Pattern SECRETS =
            Pattern.compile(
                    "(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]+"
                            + "|eyJ[\\w-]+\\.[\\w-]+(\\.[\\w-]+)?"
                            + "|(?<=(token|password|passwd|secret|api[_-]?key)[\"']?\\s?[=:]\\s?)[^\\s,;&]+");

    private ServerText() {}

    /// The text in quotes after `: `, or nothing where it is blank.
    static String quoted(String text, @Nullable Credential credential) {
        String known = text;
        if (credential != null && credential.token() != null) {
            String token = credential.token().reveal();
            known = token.isEmpty() ? text : text.replace(token, "(secret)");
        }
        String plain = plain(known);
        return plain.isEmpty() ? "" : ": \"" + plain + "\"";
    }

    static String plain(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        String scrubbed = SECRETS.matcher(line).replaceAll("(secret)");
        return scrubbed.length() <= MAX ? scrubbed : scrubbed.substring(0, MAX) + "…";
    }
}
