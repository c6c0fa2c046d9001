package dev.weir.xds;

import java.util.Set;

/// What a request meant.
public sealed interface Receipt {

    /// The type that the request spoke of.
    XdsType type();

    /// Names were asked for or given up.
    record Subscribed(XdsType type) implements Receipt {}

    /// A response was taken over by the node.
    ///
    /// @param revision the newest revision that the response took part in
    record Acknowledged(XdsType type, long revision) implements Receipt {}

    /// A response was refused.
    ///
    /// @param names the resources in it
    /// @param message the node's own words
    record Refused(XdsType type, long revision, Set<String> names, String message)
            implements Receipt {}

    /// An answer to a response that is no longer, or never was, under way; ignored.
    record Stale(XdsType type, String nonce) implements Receipt {}
}
