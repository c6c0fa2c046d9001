package dev.weir.profile;

/// A site in one long: function (31 bits), line (29 bits), kind (4 bits).
final class SiteKey {
    private static final int KIND_BITS = 4;
    private static final int LINE_BITS = 29;
    private static final int MAX_LINE = (1 << LINE_BITS) - 1;
    private static final FrameKind[] KINDS = FrameKind.values();

    private SiteKey() {}

    /// A line outside of what 29 bits hold is unknown.
    @SuppressWarnings("EnumOrdinal") // lives in memory only, beside the values it indexes
    static long of(int function, long line, FrameKind kind) {
        long known = line < 0 || line > MAX_LINE ? 0 : line;
        return ((long) function << (LINE_BITS + KIND_BITS)) | (known << KIND_BITS) | kind.ordinal();
    }

    static int function(long site) {
        return (int) (site >>> (LINE_BITS + KIND_BITS));
    }

    static int line(long site) {
        return (int) (site >>> KIND_BITS) & MAX_LINE;
    }

    static FrameKind kind(long site) {
        return KINDS[(int) site & ((1 << KIND_BITS) - 1)];
    }
}
