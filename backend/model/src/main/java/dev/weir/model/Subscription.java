package dev.weir.model;

/// Ends a listener's calls when closed; closing twice is harmless.
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
