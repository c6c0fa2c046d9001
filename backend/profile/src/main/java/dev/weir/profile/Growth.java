package dev.weir.profile;

/// How the module's growing arrays grow.
final class Growth {
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private Growth() {}

    /// Half as much again: the waste of doubling hurts at tens of millions of entries.
    static int next(int size) {
        return (int) Math.min(MAX_ARRAY, (long) size + (size >> 1) + 16);
    }
}
