package dev.weir.snmp;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What an agent says of itself, and its sums over all virtual servers.
///
/// @param engineVersion name and version of the proxy engine; empty while unknown
/// @param node empty where the scope is a cluster
/// @param configVersion the number of the revision the rows follow; empty while there is none
/// @param configLastApplied when the rows last followed a new revision, or null
/// @param tableLastChange `sysUpTime` in hundredths of a second when a row was last created,
///   deleted or declared otherwise
/// @param discontinuity `sysUpTime` in hundredths of a second when the sums began
public record AgentScalars(
        String agentVersion,
        String engineVersion,
        Scope scope,
        String cluster,
        String node,
        OperState state,
        String configVersion,
        @Nullable Instant configLastApplied,
        Scrape scrape,
        Counts counts,
        long tableLastChange,
        long discontinuity,
        Totals totals) {

    /// Whose numbers these are.
    public enum Scope implements Numbered {
        NODE(1),
        CLUSTER(2);

        private final int number;

        Scope(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /// How fresh the numbers are, in milliseconds.
    public record Scrape(long intervalMillis, long ageMillis, long failures) {}

    /// How many there are of each kind.
    public record Counts(long virtualServers, long targetGroups, long targets) {}

    /// Sums over all virtual servers; totals are unsigned 64-bit numbers.
    public record Totals(
            long currentConnections,
            long currentRequests,
            long connections,
            long requests,
            long octetsIn,
            long octetsOut,
            long tlsHandshakes,
            long serverErrors,
            long connectionsPerSecond,
            long requestsPerSecond,
            long kilobitsInPerSecond,
            long kilobitsOutPerSecond) {
        public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
