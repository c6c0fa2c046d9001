package dev.weir.model;

import java.util.Objects;

/// A text that never shows in logs, answers or error messages.
public final class Secret {
    /// What stands where a secret would.
    public static final String HIDDEN = "(secret)";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /// The text itself, for the one caller that must use it.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
