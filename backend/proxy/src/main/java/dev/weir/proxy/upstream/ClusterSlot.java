package dev.weir.proxy.upstream;

import org.jspecify.annotations.Nullable;

/// The place where routes look for a target group: filled, replaced or emptied without touching the
/// routes.
public final class ClusterSlot {
    private final String name;
    private volatile @Nullable Cluster cluster;

    ClusterSlot(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// The target group, or null while the controller has not sent it.
    public @Nullable Cluster cluster() {
        return cluster;
    }

    void fill(@Nullable Cluster now) {
        cluster = now;
    }
}
