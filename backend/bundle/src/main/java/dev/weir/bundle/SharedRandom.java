package dev.weir.bundle;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// A random generator that many threads may use at once (SplitMix64 on an atomic counter).
final class SharedRandom implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final AtomicLong state;

    SharedRandom(long seed) {
        state = new AtomicLong(seed);
    }

    @Override
    public long nextLong() {
        long mixed = state.addAndGet(GOLDEN_GAMMA);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
