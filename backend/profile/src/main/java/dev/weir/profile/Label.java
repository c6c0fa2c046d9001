package dev.weir.profile;

/// A fact that its producer tied to a sample, for example the thread's name.
public sealed interface Label {

    /// What the fact is about.
    String key();

    /// A label whose value is text.
    record Text(String key, String text) implements Label {}

    /// A label whose value is a number.
    ///
    /// @param unit what one is; empty when the producer named none
    record Quantity(String key, long number, String unit) implements Label {}
}
