package dev.weir.proxy.listener;

import io.netty.handler.ssl.SslContext;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The certificates of one virtual server, immutable: chosen by SNI, the first one otherwise.
final class TlsContexts {
    private final SslContext first;
    private final Map<String, SslContext> byName = new HashMap<>();
    private final Certificate soonest;

    /// @param certificates at least one
    TlsContexts(List<Certificate> certificates, List<String> protocols) {
        this.first = certificates.getFirst().context(protocols);
        Certificate earliest = certificates.getFirst();
        for (Certificate certificate : certificates) {
            SslContext context = certificate.context(protocols);
            certificate.hostNames().forEach(name -> byName.putIfAbsent(name, context));
            if (certificate.expiresAtSeconds() < earliest.expiresAtSeconds()) {
                earliest = certificate;
            }
        }
        this.soonest = earliest;
    }

    /// The certificate that ends first.
    Certificate soonest() {
        return soonest;
    }

    /// The only context when no name has to be looked at, else null.
    @Nullable SslContext single() {
        return byName.values().stream().allMatch(first::equals) ? first : null;
    }

    /// The context for a server name; `*.` stands for one label (RFC 6125 §6.4.3).
    SslContext choose(@Nullable String serverName) {
        if (serverName == null) {
            return first;
        }
        String lower = serverName.toLowerCase(Locale.ROOT);
        SslContext exact = byName.get(lower);
        if (exact != null) {
            return exact;
        }
        int dot = lower.indexOf('.');
        SslContext wildcard = dot < 0 ? null : byName.get("*" + lower.substring(dot));
        return wildcard == null ? first : wildcard;
    }
}
