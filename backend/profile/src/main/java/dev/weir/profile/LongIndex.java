package dev.weir.profile;

import java.util.Arrays;

/// Numbers distinct longs from zero in the order they come; used by one thread.
final class LongIndex {
    private long[] keys = new long[16];
    private int[] slots = new int[32];
    private int size;

    /// The number of the key, a new one when it was not there.
    int add(long key) {
        int slot = slotOf(key);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, Growth.next(size));
        }
        keys[size++] = key;
        slots[slot] = size;
        if (size > slots.length / 2) {
            rehash();
        }
        return size - 1;
    }

    /// The number of the key, or -1.
    int find(long key) {
        return slots[slotOf(key)] - 1;
    }

    int size() {
        return size;
    }

    private int slotOf(long key) {
        int mask = slots.length - 1;
        int slot = (int) Hash.mix(key) & mask;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        for (int i = 0; i < size; i++) {
            slots[slotOf(keys[i])] = i + 1;
        }
    }
}
