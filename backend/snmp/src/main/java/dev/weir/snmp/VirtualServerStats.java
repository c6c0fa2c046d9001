package dev.weir.snmp;

/// What one virtual server counts on the side of its clients: a row of `weirVsStatsTable`.
///
/// Totals are unsigned 64-bit numbers that only grow; rates are of the last interval.
///
/// @param dataAgeMillis since the numbers were read from the proxy
/// @param discontinuity `sysUpTime` in hundredths of a second when the totals began
public record VirtualServerStats(
        int index,
        Connections connections,
        Requests requests,
        Responses responses,
        Octets octets,
        Tls tls,
        Latency latency,
        long dataAgeMillis,
        long discontinuity) {

    /// A virtual server that has counted nothing.
    public static VirtualServerStats none(int index, long discontinuity) {
        return new VirtualServerStats(
                index,
                new Connections(0, 0, 0, 0, 0),
                new Requests(0, 0, 0, 0, 0),
                new Responses(0, 0, 0, 0, 0, 0),
                new Octets(0, 0, 0, 0),
                new Tls(0, 0, 0),
                new Latency(0, 0, 0, 0, 0, 0, 0),
                0,
                discontinuity);
    }

    /// The same numbers with another age.
    public VirtualServerStats aged(long ageMillis) {
        return new VirtualServerStats(
                index,
                connections,
                requests,
                responses,
                octets,
                tls,
                latency,
                ageMillis,
                discontinuity);
    }

    /// Client connections.
    public record Connections(long current, long peak, long total, long rejected, long perSecond) {}

    /// Requests, those the proxy answered by itself included.
    public record Requests(long current, long total, long resets, long timeouts, long perSecond) {}

    /// Responses by the class of their status.
    ///
    /// @param errorRatio hundredths of a percent of 5xx among the responses of the last 60 s
    public record Responses(
            long informational,
            long successful,
            long redirection,
            long clientError,
            long serverError,
            int errorRatio) {}

    /// Octets from and to clients; rates in kilobits per second.
    public record Octets(long in, long out, long kilobitsInPerSecond, long kilobitsOutPerSecond) {}

    /// TLS handshakes with clients.
    public record Tls(long handshakes, long errors, long handshakesPerSecond) {}

    /// Time to the end of the answer in microseconds; quantiles are of the last 60 s, 0 where there
    /// was no request.
    ///
    /// @param max 4294967295 where the highest occupied bucket has no upper bound
    public record Latency(long p50, long p90, long p95, long p99, long max, long count, long sum) {}
}
