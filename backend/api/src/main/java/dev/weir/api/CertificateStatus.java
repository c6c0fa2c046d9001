package dev.weir.api;

import java.time.Instant;
import java.util.List;

/// What a certificate's chain says of itself.
///
/// @param names subject alternative names: hosts and addresses
/// @param fingerprint SHA-256 of the first certificate, in lower-case hexadecimal digits
/// @param usedBy virtual servers that name this certificate
public record CertificateStatus(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String keyType,
        String fingerprint,
        List<String> usedBy) {

    public CertificateStatus {
        names = List.copyOf(names);
        usedBy = List.copyOf(usedBy);
    }
}
