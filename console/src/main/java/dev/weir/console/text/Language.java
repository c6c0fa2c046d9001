package dev.weir.console.text;

import java.util.Locale;

/// The languages of the console.
public enum Language {
    /// Whatever the operating system speaks; English where the console does not speak it.
    SYSTEM,
    ENGLISH,
    CHINESE;

    /// The locale of texts and numbers.
    public Locale locale() {
        return switch (this) {
            case SYSTEM ->
                    Locale.getDefault().getLanguage().equals("zh") ? Locale.CHINA : Locale.US;
            case ENGLISH -> Locale.US;
            case CHINESE -> Locale.CHINA;
        };
    }
}
