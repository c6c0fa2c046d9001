package dev.weir.agent.stats;

import java.util.Map;

/// What the engine said in one scrape.
///
/// @param nanoTime when the scrape was asked for, on the clock of `System.nanoTime`
/// @param virtualServers by index; absent where the engine has counted nothing
/// @param healthyTargets by index of the target group; absent where the engine said nothing
record StatsSnapshot(
        long nanoTime,
        Map<Integer, RawCounters> virtualServers,
        Map<Integer, Long> healthyTargets) {}
