package dev.weir.proxy.routing;

import dev.weir.proxy.upstream.ClusterSlot;

import io.netty.util.AsciiString;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.random.RandomGenerator;

/// What a route does with a request.
public sealed interface RouteAction {

    /// Sends it to a target group.
    ///
    /// @param timeoutNanos for the whole response once the request has arrived; 0 for none
    /// @param rewritten replaces the matched part of the path, or null to keep it
    record Forward(Split split, long timeoutNanos, @Nullable AsciiString rewritten)
            implements RouteAction {}

    /// Answers with a `Location`.
    ///
    /// @param scheme null to keep the request's
    /// @param host null to keep the request's
    /// @param port 0 to keep the request's
    /// @param path replaces the whole path, or null
    /// @param prefix replaces the matched part of the path, or null
    record Redirect(
            @Nullable String scheme,
            @Nullable String host,
            int port,
            @Nullable String path,
            @Nullable String prefix,
            int status,
            boolean stripQuery)
            implements RouteAction {}

    /// Answers with a fixed body.
    record DirectResponse(int status, AsciiString body) implements RouteAction {}

    /// One or more target groups and their shares of the requests.
    final class Split {
        private final List<ClusterSlot> slots;
        private final long[] upTo;

        /// Everything to one target group.
        public Split(ClusterSlot slot) {
            this(List.of(slot), List.of(1L));
        }

        /// @param weights one for each slot, with a sum above 0
        public Split(List<ClusterSlot> slots, List<Long> weights) {
            this.slots = List.copyOf(slots);
            this.upTo = new long[weights.size()];
            long sum = 0;
            for (int i = 0; i < upTo.length; i++) {
                sum += weights.get(i);
                upTo[i] = sum;
            }
        }

        public List<ClusterSlot> slots() {
            return slots;
        }

        /// The target group for one request.
        public ClusterSlot choose(RandomGenerator random) {
            if (upTo.length == 1) {
                return slots.getFirst();
            }
            long drawn = random.nextLong(upTo[upTo.length - 1]);
            int i = 0;
            while (drawn >= upTo[i]) {
                i++;
            }
            return slots.get(i);
        }
    }
}
