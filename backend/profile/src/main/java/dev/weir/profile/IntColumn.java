package dev.weir.profile;

import java.util.Arrays;

/// A growing array of ints; used by one thread.
final class IntColumn {
    private int[] values = new int[16];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Growth.next(size));
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void removeLast() {
        size--;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
