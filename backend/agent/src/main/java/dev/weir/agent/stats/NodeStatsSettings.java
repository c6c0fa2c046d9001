package dev.weir.agent.stats;

import java.time.Duration;
import java.util.function.Supplier;

/// Whose numbers are collected, and how often.
///
/// @param agentVersion what `weirAgentVersion` says
/// @param engineVersion what `weirEngineVersion` says, asked for each snapshot
/// @param interval between two scrapes, longer where the engine takes long to answer
public record NodeStatsSettings(
        String cluster,
        String node,
        String agentVersion,
        Supplier<String> engineVersion,
        Duration interval) {}
