package dev.weir.console.dashboard;

/// Rounds the upper end of an axis.
final class Scale {
    private static final double[] STEPS = {1.2, 1.5, 2, 3, 4.5, 6, 9, 12};

    private Scale() {}

    /// The least of 1.2, 1.5, 2, 3, 4.5, 6, 9 times a power of ten that is not below the value; 3
    /// for nothing. Each divides by three well.
    static double top(double highest) {
        if (!(highest > 0)) {
            return 3;
        }
        double power = Math.pow(10, Math.floor(Math.log10(highest)));
        for (double step : STEPS) {
            if (highest <= step * power) {
                return step * power;
            }
        }
        return 12 * power;
    }
}
