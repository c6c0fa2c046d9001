package dev.weir.proxy.listener;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLException;
import javax.security.auth.x500.X500Principal;

/// A certificate with its key as SDS brought it, and the TLS contexts made of it.
public final class Certificate {
    private static final int SAN_DNS = 2;
    private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String END_KEY = "-----END PRIVATE KEY-----";
    private static final byte[] PROBE = {1, 2, 3};

    private final String name;
    private final byte[] chain;
    private final byte[] key;
    private final List<String> hostNames;
    private final long expiresAtSeconds;
    private final Map<List<String>, SslContext> contexts = new ConcurrentHashMap<>();

    private Certificate(String name, byte[] chain, byte[] key, X509Certificate leaf) {
        this.name = name;
        this.chain = chain.clone();
        this.key = key.clone();
        this.hostNames = hostNames(leaf);
        this.expiresAtSeconds = leaf.getNotAfter().toInstant().getEpochSecond();
    }

    /// Reads PEM and proves that chain and key go together.
    ///
    /// @throws GeneralSecurityException when one of them cannot be read or they do not match
    public static Certificate read(String name, byte[] chain, byte[] key)
            throws GeneralSecurityException {
        Collection<? extends java.security.cert.Certificate> certificates =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(chain));
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("holds no certificate");
        }
        X509Certificate leaf = (X509Certificate) certificates.iterator().next();
        requireMatching(leaf, new String(key, StandardCharsets.ISO_8859_1));
        Certificate certificate = new Certificate(name, chain, key, leaf);
        try {
            certificate.build(List.of("TLSv1.3", "TLSv1.2"));
        } catch (SSLException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new GeneralSecurityException(
                    "chain and key cannot be used together: " + cause.getMessage(), e);
        }
        return certificate;
    }

    /// Signs with the key and verifies with the certificate: TLS libraries find out only at the
    /// first handshake.
    private static void requireMatching(X509Certificate leaf, String key)
            throws GeneralSecurityException {
        int begin = key.indexOf(BEGIN_KEY);
        int end = key.indexOf(END_KEY);
        if (begin < 0 || end < begin) {
            // another kind of PEM: the TLS library reads it or says why not
            return;
        }
        String body = key.substring(begin + BEGIN_KEY.length(), end);
        byte[] encoded = Base64.getMimeDecoder().decode(body);
        String algorithm = leaf.getPublicKey().getAlgorithm();
        Signature signature =
                Signature.getInstance(
                        switch (algorithm) {
                            case "RSA" -> "SHA256withRSA";
                            case "EC" -> "SHA256withECDSA";
                            default -> algorithm;
                        });
        signature.initSign(
                KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(leaf);
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the private key is not of this certificate");
        }
    }

    private static List<String> hostNames(X509Certificate leaf) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0) instanceof Integer kind
                            && kind == SAN_DNS
                            && alternative.get(1) instanceof String dns) {
                        names.add(dns.toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // served as the default certificate still; it just cannot be chosen by name
            return List.of();
        }
        if (names.isEmpty()) {
            String subject = leaf.getSubjectX500Principal().getName(X500Principal.RFC2253);
            for (String part : subject.split(",", -1)) {
                if (part.startsWith("CN=")) {
                    names.add(part.substring(3).toLowerCase(Locale.ROOT));
                }
            }
        }
        return List.copyOf(names);
    }

    public String name() {
        return name;
    }

    /// DNS names it is for, in lower case, `*.` included.
    List<String> hostNames() {
        return hostNames;
    }

    long expiresAtSeconds() {
        return expiresAtSeconds;
    }

    /// The context for these protocol versions; made once.
    SslContext context(List<String> protocols) {
        return contexts.computeIfAbsent(
                protocols,
                versions -> {
                    try {
                        return build(versions);
                    } catch (SSLException e) {
                        throw new IllegalStateException(
                                "certificate " + name + ": " + e.getMessage(), e);
                    }
                });
    }

    private SslContext build(List<String> protocols) throws SSLException {
        return SslContextBuilder.forServer(
                        new ByteArrayInputStream(chain), new ByteArrayInputStream(key))
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols(protocols)
                .build();
    }
}
