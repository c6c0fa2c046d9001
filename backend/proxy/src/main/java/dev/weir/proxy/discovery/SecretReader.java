package dev.weir.proxy.discovery;

import dev.weir.proxy.listener.Certificate;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;

/// Reads a Secret (envoy.extensions.transport_sockets.tls.v3).
final class SecretReader {
    private SecretReader() {}

    static Optional<Certificate> read(Secret secret, FieldCheck check) {
        check.only(secret, "", Set.of("name", "tls_certificate"));
        var certificate = secret.getTlsCertificate();
        check.only(certificate, "tls_certificate", Set.of("certificate_chain", "private_key"));
        byte[] chain =
                Reading.inline(
                        certificate.getCertificateChain(),
                        "tls_certificate.certificate_chain",
                        check);
        byte[] key =
                Reading.inline(certificate.getPrivateKey(), "tls_certificate.private_key", check);
        if (!check.problems().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Certificate.read(secret.getName(), chain, key));
        } catch (GeneralSecurityException e) {
            check.refuse("tls_certificate", "cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }
}
