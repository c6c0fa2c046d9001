package dev.weir.bundle;

/// How much the lab's own clients ask of its virtual servers.
enum TrafficLevel {
    OFF,
    GENTLE,
    HEAVY
}
