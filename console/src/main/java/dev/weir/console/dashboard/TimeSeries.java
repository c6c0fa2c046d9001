package dev.weir.console.dashboard;

import java.util.Arrays;

/// The newest points of one line, in a ring; a missing value is NaN and stays a gap.
///
/// Confined to one thread.
public final class TimeSeries {
    private final long[] times;
    private final double[] values;
    private int next;
    private int size;

    /// @param capacity points kept
    public TimeSeries(int capacity) {
        times = new long[capacity];
        values = new double[capacity];
        Arrays.fill(values, Double.NaN);
    }

    /// Adds a point; times ascend.
    ///
    /// @param time milliseconds since the epoch
    public void add(long time, double value) {
        times[next] = time;
        values[next] = value;
        next = (next + 1) % times.length;
        size = Math.min(size + 1, times.length);
    }

    public int size() {
        return size;
    }

    /// The time of a point, 0 being the oldest.
    public long time(int index) {
        return times[at(index)];
    }

    public double value(int index) {
        return values[at(index)];
    }

    /// The newest value, NaN where there is none.
    public double last() {
        return size == 0 ? Double.NaN : value(size - 1);
    }

    /// The greatest value from `since` on, NaN where there is none.
    public double highest(long since) {
        double highest = Double.NaN;
        for (int i = size - 1; i >= 0 && time(i) >= since; i--) {
            double value = value(i);
            if (!Double.isNaN(value) && !(value <= highest)) {
                highest = value;
            }
        }
        return highest;
    }

    private int at(int index) {
        return Math.floorMod(next - size + index, times.length);
    }
}
