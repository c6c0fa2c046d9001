package dev.weir.console.dashboard;

import java.util.Arrays;

/// Reduces a line to what a row of pixels can show: for each column the lowest and the highest
/// value, so that no peak is lost, and whether the line comes from the column before.
///
/// Confined to one thread.
public final class Decimation {
    private final double[] lowest;
    private final double[] highest;
    private final double[] first;
    private final double[] last;
    private final boolean[] joined;

    private Decimation(int columns) {
        lowest = nothing(columns);
        highest = nothing(columns);
        first = nothing(columns);
        last = nothing(columns);
        joined = new boolean[columns];
    }

    /// Reduces a line to some columns.
    ///
    /// @param from time of the first column's left edge, milliseconds
    /// @param until time of the last column's right edge
    /// @param gap a longer silence than this breaks the line
    public static Decimation of(TimeSeries series, long from, long until, int columns, long gap) {
        Decimation reduced = new Decimation(columns);
        double span = Math.max(1, until - from);
        long before = Long.MIN_VALUE;
        for (int i = 0; i < series.size(); i++) {
            long time = series.time(i);
            double value = series.value(i);
            if (Double.isNaN(value)) {
                before = Long.MIN_VALUE;
                continue;
            }
            boolean follows = before != Long.MIN_VALUE && time - before <= gap;
            before = time;
            if (time < from || time > until) {
                continue;
            }
            int column = (int) Math.min(columns - 1.0, (time - from) / span * columns);
            reduced.add(column, value, follows);
        }
        return reduced;
    }

    public int columns() {
        return lowest.length;
    }

    /// Whether anything falls into the column.
    public boolean isEmpty(int column) {
        return Double.isNaN(lowest[column]);
    }

    public double lowest(int column) {
        return lowest[column];
    }

    public double highest(int column) {
        return highest[column];
    }

    /// The value where the line enters the column.
    public double first(int column) {
        return first[column];
    }

    /// The value where the line leaves the column.
    public double last(int column) {
        return last[column];
    }

    /// Whether the line comes from an earlier column without a gap.
    public boolean isJoined(int column) {
        return joined[column];
    }

    private void add(int column, double value, boolean follows) {
        if (Double.isNaN(lowest[column])) {
            lowest[column] = value;
            highest[column] = value;
            first[column] = value;
            joined[column] = follows;
        } else {
            lowest[column] = Math.min(lowest[column], value);
            highest[column] = Math.max(highest[column], value);
        }
        last[column] = value;
    }

    private static double[] nothing(int columns) {
        double[] values = new double[columns];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
