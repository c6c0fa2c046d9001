package dev.weir.agent.snmp;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;

/// A bucket of tokens for each source address. Loopback is free: it cannot be forged from outside.
///
/// Owned by the thread that receives.
final class SourceLimit {
    private static final int SOURCES = 4096;
    private static final int BURST_SECONDS = 5;

    private final double perSecond;
    private final LongSupplier nanoTime;
    private final LinkedHashMap<InetAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Bucket {
        double tokens;
        long filled;
    }

    SourceLimit(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /// Takes a token; false where there is none. The source least recently seen is forgotten when
    /// there are too many.
    boolean admits(InetAddress source) {
        if (source.isLoopbackAddress()) {
            return true;
        }
        long now = nanoTime.getAsLong();
        double full = perSecond * BURST_SECONDS;
        Bucket bucket = buckets.get(source);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = full;
            bucket.filled = now;
            if (buckets.size() >= SOURCES) {
                buckets.remove(buckets.firstEntry().getKey());
            }
            buckets.put(source, bucket);
        }
        bucket.tokens = Math.min(full, bucket.tokens + perSecond * (now - bucket.filled) / 1e9);
        bucket.filled = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }
}
