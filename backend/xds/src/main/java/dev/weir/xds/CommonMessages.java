package dev.weir.xds;

import com.google.protobuf.Duration;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;

/// Messages that more than one translation needs.
final class CommonMessages {
    /// More would let one slow peer hold much memory; the value is Envoy's advice for an edge.
    static final int CONNECTION_BUFFER_BYTES = 32 * 1024;

    /// "From the same stream."
    static final ConfigSource ADS =
            ConfigSource.newBuilder()
                    .setAds(AggregatedConfigSource.getDefaultInstance())
                    .setResourceApiVersion(ApiVersion.V3)
                    .build();

    private CommonMessages() {}

    static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    static Address address(String address, int port) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder()
                                .setAddress(address)
                                .setPortValue(port)
                                // "::" stands for every address of the node, IPv4 too
                                .setIpv4Compat(address.equals("::")))
                .build();
    }
}
