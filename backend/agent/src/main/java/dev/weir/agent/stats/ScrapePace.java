package dev.weir.agent.stats;

import java.time.Duration;

/// How long to leave the engine alone between two scrapes.
///
/// Envoy answers from the thread that also takes in its configuration: with 5,000 virtual servers
/// 0.4 s for each scrape, for which an edit waits. So scraping gets a tenth of the time at most,
/// where that is not too seldom.
///
/// @param shortest the interval where the engine answers at once
record ScrapePace(Duration shortest) {
    private static final int PARTS = 10;

    /// However slow the engine is, a scrape comes after this many of the shortest interval.
    private static final int SELDOM = 10;

    /// The interval after a scrape that took so long.
    Duration after(Duration took) {
        Duration wanted = took.multipliedBy(PARTS);
        Duration longest = shortest.multipliedBy(SELDOM);
        if (wanted.compareTo(longest) > 0) {
            return longest;
        }
        return wanted.compareTo(shortest) > 0 ? wanted : shortest;
    }
}
