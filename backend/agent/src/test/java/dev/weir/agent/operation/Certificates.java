package dev.weir.agent.operation;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.SSLContext;

/// An authority for tests and what it signs.
final class Certificates {
    private final X509Bundle authority;

    Certificates() {
        try {
            authority =
                    new CertificateBuilder()
                            .subject("CN=Test authority")
                            .setIsCertificateAuthority(true)
                            .buildSelfSigned();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    String authorityPem() {
        return authority.getCertificatePEM();
    }

    /// For 127.0.0.1.
    X509Bundle valid() {
        return signed(new CertificateBuilder().addSanIpAddress("127.0.0.1"));
    }

    X509Bundle forAnotherName() {
        return signed(new CertificateBuilder().addSanDnsName("elsewhere.example"));
    }

    X509Bundle expired() {
        return signed(
                new CertificateBuilder()
                        .addSanIpAddress("127.0.0.1")
                        .notBefore(Instant.now().minus(Duration.ofDays(3)))
                        .notAfter(Instant.now().minus(Duration.ofDays(1))));
    }

    static SSLContext server(X509Bundle bundle) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
            return context;
        } catch (java.security.GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private X509Bundle signed(CertificateBuilder builder) {
        try {
            return builder.subject("CN=Test server").buildIssuedBy(authority);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
