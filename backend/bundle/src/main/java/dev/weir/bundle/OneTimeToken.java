package dev.weir.bundle;

import dev.weir.admin.store.PrivateFiles;
import dev.weir.model.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The token that lets the next node join: in a file of mode 0600, replaced as soon as it was used.
/// Its text names the authority as well, so that the node knows whom it talks to.
///
/// Guarded by its own monitor.
final class OneTimeToken {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{64})\\.([0-9a-f]{64})\\s*");

    private final Path file;
    private final String fingerprint;
    private final SecureRandom random;

    /// What a token's text holds.
    ///
    /// @param fingerprint SHA-256 of the authority's certificate, hexadecimal
    record Parts(Secret secret, String fingerprint) {
        static Optional<Parts> of(String text) {
            Matcher form = FORM.matcher(text);
            return form.matches()
                    ? Optional.of(new Parts(new Secret(form.group(1)), form.group(2)))
                    : Optional.empty();
        }
    }

    private OneTimeToken(Path file, String fingerprint, SecureRandom random) {
        this.file = file;
        this.fingerprint = fingerprint;
        this.random = random;
    }

    /// The token of this file, which is made where there is none of this authority.
    static OneTimeToken open(Path file, String authorityPem, SecureRandom random)
            throws IOException {
        OneTimeToken token = new OneTimeToken(file, fingerprint(authorityPem), random);
        Optional<Parts> kept =
                Files.exists(file) ? Parts.of(Files.readString(file)) : Optional.empty();
        if (!kept.map(Parts::fingerprint).equals(Optional.of(token.fingerprint))) {
            token.renew();
        }
        return token;
    }

    synchronized boolean matches(Secret given) throws IOException {
        return Parts.of(Files.readString(file))
                .filter(kept ->
                        MessageDigest.isEqual(
                                kept.secret().reveal().getBytes(StandardCharsets.UTF_8),
                                given.reveal().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /// Whether the token was right; from then on it is wrong.
    synchronized boolean use(Secret given) throws IOException {
        boolean matches = matches(given);
        if (matches) {
            renew();
        }
        return matches;
    }

    static String fingerprint(String authorityPem) {
        try {
            return fingerprint(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    authorityPem.getBytes(
                                                            StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("authority: is no certificate", unreadable);
        }
    }

    static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void renew() throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        String text = NodeAgent.newToken(random).reveal() + "." + fingerprint + "\n";
        PrivateFiles.write(
                partial, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE);
        Files.move(
                partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
