package dev.weir.profile;

/// A search pattern that is no regular expression, or one too costly to run.
public final class InvalidPatternException extends Exception {
    private static final long serialVersionUID = 1;

    private final int index;

    InvalidPatternException(String pattern, String problem, int index) {
        super(
                "search pattern "
                        + (pattern.length() > 60 ? pattern.substring(0, 60) + "…" : pattern)
                        + ": "
                        + problem
                        + (index < 0 ? "" : " (at character " + (index + 1) + ")"));
        this.index = index;
    }

    /// The character that is at fault, from 0; -1 when it is the whole.
    public int index() {
        return index;
    }
}
