package dev.weir.proxy.upstream;

import dev.weir.proxy.io.Worker;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The endpoints that take new requests, immutable, with one rotation for each worker.
final class Balancer {
    static final Balancer EMPTY =
            new Balancer(List.of(), new ClusterSpec.Policy.RoundRobin(), 0, false);

    /// Steps up to which the rotation is laid out beforehand; beyond, it is computed pick by pick.
    private static final int MAX_SEQUENCE = 4096;

    private static final long MAX_LAYOUT_WORK = 1 << 20;

    private final Host[] hosts;
    private final int[] weights;
    private final long totalWeight;
    private final int choices;
    private final int @Nullable [] sequence;
    private final Rotation[] rotations;
    private final boolean panic;

    /// @param panic true when unhealthy endpoints are among them because too few are healthy
    Balancer(List<Host> eligible, ClusterSpec.Policy policy, int workers, boolean panic) {
        this.hosts = eligible.toArray(Host[]::new);
        this.panic = panic;
        this.weights = new int[hosts.length];
        int divisor = 0;
        for (int i = 0; i < hosts.length; i++) {
            divisor = gcd(hosts[i].spec().weight(), divisor);
        }
        long total = 0;
        for (int i = 0; i < hosts.length; i++) {
            weights[i] = hosts[i].spec().weight() / divisor;
            total += weights[i];
        }
        this.totalWeight = total;
        this.choices =
                switch (policy) {
                    case ClusterSpec.Policy.RoundRobin ignored -> 1;
                    case ClusterSpec.Policy.LeastRequest least -> least.choices();
                };
        this.sequence =
                total <= MAX_SEQUENCE && total * hosts.length <= MAX_LAYOUT_WORK
                        ? layOut((int) total)
                        : null;
        this.rotations = new Rotation[workers];
        for (int i = 0; i < workers; i++) {
            rotations[i] = new Rotation();
        }
    }

    boolean panic() {
        return panic;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private int[] layOut(int total) {
        int[] order = new int[total];
        long[] current = new long[hosts.length];
        for (int i = 0; i < total; i++) {
            order[i] = smooth(current);
        }
        return order;
    }

    /// One step of smooth weighted round robin: all gain their weight, the leader pays the total.
    private int smooth(long[] current) {
        int best = 0;
        for (int i = 0; i < current.length; i++) {
            current[i] += weights[i];
            if (current[i] > current[best]) {
                best = i;
            }
        }
        current[best] -= totalWeight;
        return best;
    }

    /// The endpoint for the next request of this worker, or null when there is none.
    @Nullable Host pick(Worker worker) {
        int count = hosts.length;
        if (count <= 1) {
            return count == 0 ? null : hosts[0];
        }
        if (choices >= count) {
            return leastOfAll(worker.random().nextInt(count));
        }
        Host best = hosts[next(worker)];
        for (int i = 1; i < choices; i++) {
            Host other = hosts[next(worker)];
            if (other.active() < best.active()) {
                best = other;
            }
        }
        return best;
    }

    /// The least `(active + 1) / weight`; the search starts anywhere, so that ties spread.
    private Host leastOfAll(int start) {
        int best = start;
        long bestLoad = hosts[start].active() + 1L;
        for (int step = 1; step < hosts.length; step++) {
            int i = start + step < hosts.length ? start + step : start + step - hosts.length;
            long load = hosts[i].active() + 1L;
            if (load * weights[best] < bestLoad * weights[i]) {
                best = i;
                bestLoad = load;
            }
        }
        return hosts[best];
    }

    private int next(Worker worker) {
        Rotation rotation = rotations[worker.index()];
        if (sequence == null) {
            if (rotation.current.length == 0) {
                rotation.current = new long[hosts.length];
                for (int i = worker.random().nextInt(hosts.length); i > 0; i--) {
                    smooth(rotation.current);
                }
            }
            return smooth(rotation.current);
        }
        if (rotation.position < 0) {
            rotation.position = worker.random().nextInt(sequence.length);
        }
        int position = rotation.position;
        rotation.position = position + 1 == sequence.length ? 0 : position + 1;
        return sequence[position];
    }

    /// Where one worker stands; only its loop touches it. It starts anywhere, so that edits do not
    /// favour the first endpoint.
    private static final class Rotation {
        int position = -1;
        long[] current = {};
    }
}
