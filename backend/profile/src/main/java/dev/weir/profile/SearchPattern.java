package dev.weir.profile;

import java.util.Locale;
import java.util.regex.Pattern;

/// What to look for in the names of functions.
///
/// Letter case counts only when the pattern holds an upper-case letter.
///
/// @param text a part of the name, or a regular expression that occurs in it
public record SearchPattern(String text, boolean regex) {

    /// Tests names one after the other.
    interface NameTest {
        boolean matches(String name) throws InvalidPatternException;
    }

    NameTest compile() throws InvalidPatternException {
        boolean exact = hasUpperCase();
        if (regex) {
            int ignoreCase = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            return new BoundedPattern(text, exact ? 0 : ignoreCase)::find;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return exact
                ? name -> name.contains(text)
                : name -> name.toLowerCase(Locale.ROOT).contains(lower);
    }

    private boolean hasUpperCase() {
        for (int i = 0; i < text.length(); i++) {
            // \S or \W in an expression is no wish for exact case.
            boolean escaped = regex && i > 0 && text.charAt(i - 1) == '\\';
            if (!escaped && Character.isUpperCase(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
