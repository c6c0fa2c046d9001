package dev.weir.admin.auth;

import dev.weir.admin.store.PrivateFiles;
import dev.weir.model.NodeIdentity;
import dev.weir.model.Secret;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/// Weir's own certificate authority, whose key lives in the data directory. Any thread.
public final class CertificateAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final String SIGNATURE = "SHA256withECDSA";

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final InstantSource clock;
    private final SecureRandom random;

    private CertificateAuthority(
            X509Certificate certificate, PrivateKey key, InstantSource clock, SecureRandom random) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /// Loads the authority from `ca.pem` and `ca.key` in this directory, or makes it there.
    public static CertificateAuthority open(
            Path directory, InstantSource clock, SecureRandom random) throws IOException {
        Path certificateFile = directory.resolve("ca.pem");
        Path keyFile = directory.resolve("ca.key");
        try {
            if (!Files.exists(certificateFile)) {
                create(certificateFile, keyFile, clock, random);
            }
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    Files.readAllBytes(certificateFile)));
            return new CertificateAuthority(
                    certificate, readKey(Files.readString(keyFile)), clock, random);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IOException(
                    "certificate authority %s: cannot be read (%s); restore ca.pem and ca.key from the backup, or remove both to make a new one"
                            .formatted(directory, unreadable.getMessage()),
                    unreadable);
        }
    }

    /// The key is written first: a certificate on disk means that both are there.
    private static void create(
            Path certificateFile, Path keyFile, InstantSource clock, SecureRandom random)
            throws GeneralSecurityException, IOException {
        KeyPair pair = newPair(random);
        X500Name name = name("Weir CA " + Integer.toHexString(random.nextInt()));
        X509v3CertificateBuilder builder =
                builder(name, name, pair, clock.instant(), AUTHORITY_LIFE, random);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        X509Certificate certificate = sign(builder, pair.getPrivate());
        PrivateFiles.write(
                keyFile,
                pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                        .getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.CREATE);
        Files.writeString(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
    }

    /// The authority's certificate, to be trusted by clients.
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A new key and a certificate for it, for servers and for clients, valid for 397 days.
    ///
    /// @param commonName shown to people
    /// @param names hosts and addresses that the server is reached by; at least one
    public Identity issue(String commonName, List<String> names) {
        return sign(commonName, alternativeNames(names).toList());
    }

    /// The same for a node, whose certificate says which one it is.
    public Identity issue(String commonName, List<String> names, NodeIdentity node) {
        GeneralName identity =
                new GeneralName(GeneralName.uniformResourceIdentifier, node.uri().toString());
        return sign(
                commonName, Stream.concat(alternativeNames(names), Stream.of(identity)).toList());
    }

    private Identity sign(String commonName, List<GeneralName> names) {
        try {
            KeyPair pair = newPair(random);
            X509v3CertificateBuilder builder =
                    builder(
                            X500Name.getInstance(
                                    certificate.getSubjectX500Principal().getEncoded()),
                            name(commonName),
                            pair,
                            clock.instant(),
                            SERVER_LIFE,
                            random);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            new KeyPurposeId[] {
                                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                            }));
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    extensions.createSubjectKeyIdentifier(pair.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(certificate));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.toArray(GeneralName[]::new)));
            X509Certificate issued = sign(builder, key);
            return new Identity(
                    pem("CERTIFICATE", issued.getEncoded()) + certificatePem(),
                    new Secret(pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("certificate " + commonName, impossible);
        }
    }

    private static Stream<GeneralName> alternativeNames(List<String> names) {
        return names.stream()
                .map(name ->
                        new GeneralName(
                                isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName,
                                name));
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("\\d+(\\.\\d+){3}");
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer,
            X500Name subject,
            KeyPair pair,
            Instant now,
            Duration life,
            SecureRandom random) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, random).setBit(119),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(life)),
                subject,
                pair.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
        } catch (OperatorCreationException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private static KeyPair newPair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static PrivateKey readKey(String pem) throws GeneralSecurityException {
        String text =
                pem.replace("-----BEGIN PRIVATE KEY-----", "")
                        .replace("-----END PRIVATE KEY-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }
}
