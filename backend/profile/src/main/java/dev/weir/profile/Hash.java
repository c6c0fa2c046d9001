package dev.weir.profile;

import java.util.SplittableRandom;

/// The hash of the module's open-addressed tables.
final class Hash {
    // Salted so that no file can be made whose keys all collide; results never depend on it.
    private static final long SALT = new SplittableRandom().nextLong();

    private Hash() {}

    static long mix(long key) {
        long hash = (key ^ SALT) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 32)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 29);
    }
}
