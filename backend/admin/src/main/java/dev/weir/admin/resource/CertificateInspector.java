package dev.weir.admin.resource;

import dev.weir.api.CertificateStatus;
import dev.weir.model.Certificate;
import dev.weir.model.Problem;
import dev.weir.model.Secret;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a certificate's chain and proves that its key belongs to it.
final class CertificateInspector {
    private static final Pattern PKCS8 =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = "weir".getBytes(StandardCharsets.US_ASCII);

    private CertificateInspector() {}

    /// Problems of the content, paths from the top of the document.
    static List<Problem> problems(Certificate certificate) {
        List<X509Certificate> chain;
        try {
            chain = chain(certificate);
        } catch (CertificateException unreadable) {
            return List.of(
                    new Problem(
                            "spec.chainPem",
                            "must be X.509 certificates in PEM; the platform says: "
                                    + unreadable.getMessage()));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1)
                    .getIssuerX500Principal()
                    .equals(chain.get(i).getSubjectX500Principal())) {
                problems.add(
                        new Problem(
                                "spec.chainPem",
                                "must hold the server's certificate first and then each issuer;"
                                        + " certificate %d did not issue the one before it (%s)"
                                                .formatted(
                                                        i + 1,
                                                        chain.get(i).getSubjectX500Principal())));
            }
        }
        Secret key = certificate.privateKey();
        if (key == null) {
            problems.add(new Problem("spec.privateKey", "is required where none is stored yet"));
        } else if (!belongs(key, chain.getFirst().getPublicKey())) {
            problems.add(
                    new Problem(
                            "spec.privateKey",
                            "must be the PKCS#8 key of the first certificate in chainPem"));
        }
        return problems;
    }

    /// What the chain says; of a certificate that was found valid when it was stored.
    static CertificateStatus status(Certificate certificate, List<String> usedBy) {
        try {
            X509Certificate leaf = chain(certificate).getFirst();
            return new CertificateStatus(
                    leaf.getSubjectX500Principal().getName(),
                    leaf.getIssuerX500Principal().getName(),
                    names(leaf),
                    leaf.getNotBefore().toInstant(),
                    leaf.getNotAfter().toInstant(),
                    keyType(leaf.getPublicKey()),
                    HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded())),
                    usedBy);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("stored certificate: cannot be read", impossible);
        }
    }

    private static List<X509Certificate> chain(Certificate certificate)
            throws CertificateException {
        Collection<? extends java.security.cert.Certificate> parsed =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(
                                        certificate.chainPem().getBytes(StandardCharsets.UTF_8)));
        List<X509Certificate> chain = new ArrayList<>();
        for (java.security.cert.Certificate one : parsed) {
            chain.add((X509Certificate) one);
        }
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate found");
        }
        return chain;
    }

    private static boolean belongs(Secret key, PublicKey publicKey) {
        Matcher pem = PKCS8.matcher(key.reveal());
        if (!pem.find()) {
            return false;
        }
        try {
            PrivateKey privateKey =
                    KeyFactory.getInstance(publicKey.getAlgorithm())
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            Base64.getMimeDecoder().decode(pem.group(1))));
            Signature signature = Signature.getInstance(algorithm(publicKey));
            signature.initSign(privateKey);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException | IllegalArgumentException notItsKey) {
            return false;
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> "SHA256withRSA";
            case ECPublicKey curve -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static String keyType(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECPublicKey curve -> "EC " + curve.getParams().getOrder().bitLength();
            default -> key.getAlgorithm();
        };
    }

    private static List<String> names(X509Certificate leaf) throws CertificateParsingException {
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
