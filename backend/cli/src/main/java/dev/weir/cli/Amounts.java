package dev.weir.cli;

import java.util.List;
import java.util.Locale;

/// Amounts of a profile as people read them: `138.63ms`, `2.41MB`, `30`.
final class Amounts {
    private static final List<String> TIMES = List.of("ns", "us", "ms", "s");
    private static final List<String> SIZES = List.of("B", "kB", "MB", "GB", "TB");
    private static final int TIME_STEP = 1000;
    private static final int SIZE_STEP = 1024;

    private Amounts() {}

    /// @param unit the profile's word; amounts of an unknown one stay as they are
    static String of(long amount, String unit) {
        return switch (unit) {
            case "nanoseconds" -> scaled(amount, 0, TIME_STEP, TIMES);
            case "microseconds" -> scaled(amount, 1, TIME_STEP, TIMES);
            case "milliseconds" -> scaled(amount, 2, TIME_STEP, TIMES);
            case "bytes" -> scaled(amount, 0, SIZE_STEP, SIZES);
            default -> Long.toString(amount);
        };
    }

    private static String scaled(long amount, int unit, int step, List<String> units) {
        double value = amount;
        int at = unit;
        while (Math.abs(value) >= step && at < units.size() - 1) {
            value /= step;
            at++;
        }
        return (at == unit ? Long.toString(amount) : String.format(Locale.ROOT, "%.2f", value))
                + units.get(at);
    }
}
