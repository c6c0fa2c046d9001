package dev.weir.api;

/// What the lab's own clients do.
///
/// @param answered requests since the lab's start
/// @param failed requests that got no answer since then
public record LabTraffic(TrafficLevel level, long answered, long failed) {

    /// What it is asked to do.
    public record Wish(TrafficLevel level) {}
}
