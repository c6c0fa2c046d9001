package dev.weir.proxy.discovery;

import com.google.protobuf.Duration;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;

/// Reads the small messages that several resources share.
final class Reading {
    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("", 0);

    private Reading() {}

    /// Nanoseconds, not negative.
    static long nanos(Duration duration, String path, FieldCheck check) {
        if (duration.getSeconds() < 0 || duration.getNanos() < 0) {
            check.refuse(path, "must not be negative");
            return 0;
        }
        return java.time.Duration.ofSeconds(
                        Math.min(duration.getSeconds(), Integer.MAX_VALUE), duration.getNanos())
                .toNanos();
    }

    /// A socket address with a literal IP address.
    static InetSocketAddress address(Address address, String path, FieldCheck check) {
        check.only(address, path, Set.of("socket_address"));
        String socketPath = FieldCheck.join(path, "socket_address");
        if (!address.hasSocketAddress()) {
            check.refuse(socketPath, "is required");
            return NOWHERE;
        }
        var socket = address.getSocketAddress();
        check.only(socket, socketPath, Set.of("protocol", "address", "port_value", "ipv4_compat"));
        check.require(
                socket.getProtocolValue() == 0,
                FieldCheck.join(socketPath, "protocol"),
                "must be TCP");
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(socket.getAddress());
        int port = socket.getPortValue();
        if (bytes == null) {
            check.refuse(
                    FieldCheck.join(socketPath, "address"),
                    "must be an IP address, is '" + socket.getAddress() + "'");
            return NOWHERE;
        }
        if (port < 0 || port > 65535) {
            check.refuse(
                    FieldCheck.join(socketPath, "port_value"),
                    "must be between 0 and 65535, is " + Integer.toUnsignedString(port));
            return NOWHERE;
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /// A source that must be this stream.
    static void ads(ConfigSource source, String path, FieldCheck check) {
        check.only(source, path, Set.of("ads", "resource_api_version", "initial_fetch_timeout"));
        check.require(source.hasAds(), path, "must be ads");
    }

    /// The bytes of an inline data source.
    static byte[] inline(DataSource source, String path, FieldCheck check) {
        check.only(source, path, Set.of("inline_string", "inline_bytes"));
        return switch (source.getSpecifierCase()) {
            case INLINE_STRING -> source.getInlineStringBytes().toByteArray();
            case INLINE_BYTES -> source.getInlineBytes().toByteArray();
            case FILENAME, ENVIRONMENT_VARIABLE, SPECIFIER_NOT_SET -> {
                check.refuse(path, "must be inline_string or inline_bytes");
                yield new byte[0];
            }
        };
    }
}
