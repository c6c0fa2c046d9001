package dev.weir.profile;

/// How the frames called by one frame are put side by side.
public enum FlameOrder {
    /// The heaviest on the left; equal ones by name.
    WEIGHT,
    /// By name, so that a function stays in its place from one profile to the next.
    NAME
}
