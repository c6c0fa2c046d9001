package dev.weir.api;

/// A Java process of a node's machine.
///
/// @param name main class or jar, as the process tells it
public record JvmProcess(long pid, String name) {}
