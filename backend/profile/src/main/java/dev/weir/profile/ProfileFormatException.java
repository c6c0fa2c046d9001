package dev.weir.profile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// The input is no profile, is damaged, or is larger than the reader's [Limits].
public final class ProfileFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final @Nullable SourceFormat format;
    private final long offset;

    /// @param format the format that the input announced; null when it announced none
    /// @param offset where it went wrong, in bytes of the inflated input
    /// @param problem what is wrong, without the format's name and the offset
    ProfileFormatException(@Nullable SourceFormat format, long offset, String problem) {
        super(
                (format == null ? "profile" : format.label() + " profile")
                        + ": "
                        + problem
                        + " (at byte "
                        + offset
                        + ")");
        this.format = format;
        this.offset = offset;
    }

    ProfileFormatException(SourceFormat format, long offset, String problem, Throwable cause) {
        this(format, offset, problem);
        initCause(cause);
    }

    /// The format that the input announced; null when it announced none.
    public @Nullable SourceFormat format() {
        return format;
    }

    /// Where it went wrong, in bytes of the inflated input.
    public long offset() {
        return offset;
    }
}
