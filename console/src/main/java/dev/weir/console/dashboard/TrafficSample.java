package dev.weir.console.dashboard;

import dev.weir.snmp.OperState;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The numbers of one virtual server at one moment, as its node's agent computed them.
///
/// @param index of the virtual server's metadata
/// @param bitsIn bits per second from clients
/// @param bitsOut bits per second to clients
/// @param errorRatio 5xx among the responses, 0 to 1
/// @param latencyP50 milliseconds, NaN where there was no request
/// @param latencyP99 milliseconds, NaN where there was no request
/// @param totalRequests since the node's counters began
/// @param age of the numbers when they were asked for
/// @param health whether the virtual server is able to serve
public record TrafficSample(
        int index,
        double requestsPerSecond,
        double connections,
        double bitsIn,
        double bitsOut,
        double errorRatio,
        double latencyP50,
        double latencyP99,
        long totalRequests,
        Duration age,
        Health health) {

    /// Whether a virtual server is able to serve, and its targets.
    ///
    /// @param reason why it is not up, empty where it is
    /// @param healthy targets that pass their health monitor
    public record Health(OperState state, String reason, long healthy, long total) {
        /// Nothing is known.
        public static final Health UNKNOWN = new Health(OperState.UNKNOWN, "", 0, 0);
    }

    /// What the nodes of a cluster do together: sums; ratios by their share of requests; of
    /// latencies the highest, because quantiles do not add up.
    static TrafficSample together(List<TrafficSample> nodes) {
        if (nodes.size() == 1) {
            return nodes.getFirst();
        }
        double requests = sum(nodes, TrafficSample::requestsPerSecond);
        double errors = sum(nodes, it -> it.errorRatio() * it.requestsPerSecond());
        return new TrafficSample(
                nodes.getFirst().index(),
                requests,
                sum(nodes, TrafficSample::connections),
                sum(nodes, TrafficSample::bitsIn),
                sum(nodes, TrafficSample::bitsOut),
                requests == 0 ? 0 : errors / requests,
                highest(nodes, TrafficSample::latencyP50),
                highest(nodes, TrafficSample::latencyP99),
                nodes.stream().mapToLong(TrafficSample::totalRequests).sum(),
                nodes.stream().map(TrafficSample::age).max(Duration::compareTo).orElseThrow(),
                worst(nodes));
    }

    private static Health worst(List<TrafficSample> nodes) {
        return nodes.stream()
                .map(TrafficSample::health)
                .max(Comparator.comparing(Health::state))
                .orElse(Health.UNKNOWN);
    }

    private static double sum(List<TrafficSample> nodes, ToDoubleFunction<TrafficSample> value) {
        return nodes.stream().mapToDouble(value).sum();
    }

    private static double highest(
            List<TrafficSample> nodes, ToDoubleFunction<TrafficSample> value) {
        return nodes.stream()
                .mapToDouble(value)
                .filter(it -> !Double.isNaN(it))
                .max()
                .orElse(Double.NaN);
    }
}
