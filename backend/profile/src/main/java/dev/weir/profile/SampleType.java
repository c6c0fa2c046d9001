package dev.weir.profile;

/// One dimension of every sample's values, for example `inuse_space` in `bytes`.
///
/// @param name what is counted
/// @param unit what one is: `count`, `nanoseconds`, `bytes` or a word of the producer's own
public record SampleType(String name, String unit) {}
