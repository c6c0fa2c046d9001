package dev.weir.profile;

/// How much of an input a reader accepts before it refuses; every bound keeps memory in proportion.
///
/// @param maxBytes most bytes of the input as it comes, compressed or not
/// @param maxInflatedBytes most bytes after decompression
/// @param maxSamples most samples (events, lines); at most four times as many values
/// @param maxDepth most frames of one stack
/// @param maxNames most entries of each name table: strings, functions, locations, labels
/// @param maxStackNodes most distinct stack prefixes; each costs 16 bytes while reading, 8
///   afterwards
public record Limits(
        long maxBytes,
        long maxInflatedBytes,
        int maxSamples,
        int maxDepth,
        int maxNames,
        int maxStackNodes) {

    /// Room for the largest profiles seen in the field within a heap of about two gibibytes.
    public static final Limits DEFAULT =
            new Limits(256L << 20, 512L << 20, 10_000_000, 100_000, 4_000_000, 16_000_000);

    public Limits {
        requirePositive("maxBytes", maxBytes);
        requirePositive("maxInflatedBytes", maxInflatedBytes);
        requirePositive("maxSamples", maxSamples);
        requirePositive("maxDepth", maxDepth);
        requirePositive("maxNames", maxNames);
        requirePositive("maxStackNodes", maxStackNodes);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "limit " + name + ": must be above zero (" + value + ")");
        }
    }
}
