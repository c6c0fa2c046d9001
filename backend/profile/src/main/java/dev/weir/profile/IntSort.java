package dev.weir.profile;

import java.util.function.IntBinaryOperator;

/// A stable merge sort of ints by a comparator; the library has one for boxed values only.
final class IntSort {
    private static final int RUN = 16;

    private IntSort() {}

    /// @param scratch at least as long as `values`; its content is lost
    static void sort(int[] values, int from, int to, int[] scratch, IntBinaryOperator comparator) {
        for (int start = from; start < to; start += RUN) {
            insertionSort(values, start, Math.min(start + RUN, to), comparator);
        }
        for (long width = RUN; width < to - from; width *= 2) {
            for (long start = from; start + width < to; start += 2 * width) {
                int middle = (int) (start + width);
                int end = (int) Math.min(start + 2 * width, to);
                if (comparator.applyAsInt(values[middle - 1], values[middle]) > 0) {
                    merge(values, (int) start, middle, end, scratch, comparator);
                }
            }
        }
    }

    private static void insertionSort(int[] values, int from, int to, IntBinaryOperator compare) {
        for (int i = from + 1; i < to; i++) {
            int value = values[i];
            int at = i;
            while (at > from && compare.applyAsInt(values[at - 1], value) > 0) {
                values[at] = values[at - 1];
                at--;
            }
            values[at] = value;
        }
    }

    private static void merge(
            int[] values, int from, int middle, int to, int[] scratch, IntBinaryOperator compare) {
        System.arraycopy(values, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        int at = from;
        while (left < middle && right < to) {
            boolean takeLeft = compare.applyAsInt(scratch[left], values[right]) <= 0;
            values[at++] = takeLeft ? scratch[left++] : values[right++];
        }
        System.arraycopy(scratch, left, values, at, middle - left);
    }
}
