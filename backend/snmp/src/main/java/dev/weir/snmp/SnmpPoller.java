package dev.weir.snmp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Follows one agent with as few packets as will do: the scalars and what is on screen each time,
/// the table only when the agent says that it changed.
///
/// Confined to the thread that polls.
public final class SnmpPoller {
    private static final long HALF_RANGE = 1L << 31;

    private final SnmpSession session;
    private boolean discovered;
    private long upTime;
    private long tableLastChange;
    private List<VirtualServerRow> table = List.of();

    public SnmpPoller(SnmpSession session) {
        this.session = session;
    }

    /// What one poll found.
    ///
    /// @param table all virtual servers as last discovered; states in it may be older than in
    ///   `rows`
    /// @param tableChanged the table was read again
    /// @param restarted the agent was started again since the last poll: totals began anew
    /// @param rows those asked for that exist, with their present state, by index
    /// @param stats those asked for that exist, by index
    /// @param gone asked for, and no more there: drop their series
    /// @param stale the agent itself has had no news from the proxy for three intervals: show a gap
    public record Poll(
            AgentScalars agent,
            List<VirtualServerRow> table,
            boolean tableChanged,
            boolean restarted,
            Map<Integer, VirtualServerRow> rows,
            Map<Integer, VirtualServerStats> stats,
            Set<Integer> gone,
            boolean stale) {}

    /// Asks once.
    ///
    /// @param visible indexes of the virtual servers on screen
    public Poll poll(Set<Integer> visible) throws SnmpException {
        SnmpSession.Reading reading = session.reading();
        AgentScalars agent = reading.scalars();
        boolean first = !discovered;
        boolean restarted = !first && wentBack(upTime, reading.upTime());
        boolean changed = first || restarted || agent.tableLastChange() != tableLastChange;
        if (changed) {
            table = session.virtualServers();
            tableLastChange = agent.tableLastChange();
        }
        upTime = reading.upTime();
        discovered = true;
        Map<Integer, VirtualServerRow> rows = session.virtualServers(visible);
        Map<Integer, VirtualServerStats> stats = session.stats(visible);
        Set<Integer> gone = new TreeSet<>(visible);
        gone.removeAll(stats.keySet());
        AgentScalars.Scrape scrape = agent.scrape();
        return new Poll(
                agent,
                table,
                changed,
                restarted,
                rows,
                stats,
                gone,
                scrape.ageMillis() > 3 * scrape.intervalMillis());
    }

    /// Less than before, and not because 2^32 hundredths of a second (497 days) went by.
    private static boolean wentBack(long before, long after) {
        return after < before && before - after < HALF_RANGE;
    }
}
