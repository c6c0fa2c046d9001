package dev.weir.controller;

import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/// Where the discovery server listens, and how nodes prove themselves.
///
/// @param address port 0 takes a free one
/// @param tls null for plain text, which only a loopback address may speak
public record DiscoveryBinding(InetSocketAddress address, @Nullable MutualTls tls) {

    public DiscoveryBinding {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "xds %s: the host is not known; use an address of this machine"
                            .formatted(address));
        }
        if (tls == null && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    ("xds %s:%d: other machines may only come in by TLS, and there is no"
                                    + " certificate; give a certificate, its key and the nodes'"
                                    + " authority, or bind to 127.0.0.1")
                            .formatted(address.getHostString(), address.getPort()));
        }
    }

    /// Plain text on a loopback address.
    public static DiscoveryBinding plain(InetSocketAddress loopback) {
        return new DiscoveryBinding(loopback, null);
    }

    /// TLS in which both sides show a certificate.
    ///
    /// @param chainPem the controller's certificate and its issuers
    /// @param privateKey the key of the first, PKCS#8 PEM
    /// @param authorityPem who signs the nodes' certificates
    public record MutualTls(String chainPem, Secret privateKey, String authorityPem) {}
}
