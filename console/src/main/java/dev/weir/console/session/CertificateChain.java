package dev.weir.console.session;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What a chain in PEM says of its first certificate.
///
/// @param names subject alternative names: hosts and addresses
/// @param length certificates in the chain
public record CertificateChain(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        int length) {

    public CertificateChain {
        names = List.copyOf(names);
    }

    /// Reads a chain; empty where the text is none.
    public static Optional<CertificateChain> read(String pem) {
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            return Optional.empty();
        }
        try {
            Collection<? extends Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (chain.isEmpty() || !(chain.iterator().next() instanceof X509Certificate leaf)) {
                return Optional.empty();
            }
            return Optional.of(
                    new CertificateChain(
                            leaf.getSubjectX500Principal().getName(),
                            leaf.getIssuerX500Principal().getName(),
                            names(leaf),
                            leaf.getNotBefore().toInstant(),
                            leaf.getNotAfter().toInstant(),
                            chain.size()));
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    private static List<String> names(X509Certificate leaf) throws CertificateException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
