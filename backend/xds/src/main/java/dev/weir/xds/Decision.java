package dev.weir.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;

/// What a stream wants done now.
public sealed interface Decision {

    /// Send this response, then ask again.
    ///
    /// @param revision the newest revision it takes part in
    record Send(XdsType type, long revision, DeltaDiscoveryResponse response) implements Decision {}

    /// Nothing to do before the next request, change or this time in nanoseconds of the stream's
    /// clock.
    ///
    /// @param until [Long#MAX_VALUE] where no time changes anything
    record Wait(long until) implements Decision {}
}
