package dev.weir.api;

/// How much the lab's own clients ask for.
public enum TrafficLevel {
    OFF,
    GENTLE,
    HEAVY
}
